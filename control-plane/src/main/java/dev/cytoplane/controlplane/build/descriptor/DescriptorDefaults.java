package dev.cytoplane.controlplane.build.descriptor;

import dev.cytoplane.builder.Product;
import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.Authentication;
import dev.cytoplane.contracts.descriptor.ComponentType;
import dev.cytoplane.contracts.descriptor.Concurrency;
import dev.cytoplane.contracts.descriptor.Descriptor;
import dev.cytoplane.contracts.descriptor.Protocol;
import dev.cytoplane.contracts.descriptor.Visibility;
import dev.cytoplane.controlplane.cell.Instances;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Fills in what a descriptor leaves out, so that a release says everything by itself. Pure. */
public final class DescriptorDefaults {

    private static final int PORT = 8080;
    private static final int GRACE_PERIOD_SECONDS = 10;
    private static final int TASK_SECONDS = 3_600;

    private DescriptorDefaults() {}

    /**
     * @param component its name, part of the default public path
     * @param created the type that the component was created as
     * @param product what its build left behind
     * @throws DescriptorException when declaration and product contradict each other
     */
    public static Descriptor resolve(
            Descriptor declared, String component, @Nullable ComponentType created, Product product) {
        boolean files = product.kind() == Cell.Artifact.Kind.STATIC;
        ComponentType type = Stream.of(declared.type(), created)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(product.type());
        if (files && !type.hasEndpoints()) {
            throw DescriptorReader.mistake(
                    "type",
                    0,
                    "is %s, but the build left files to serve and no program to run."
                            .formatted(DescriptorRules.name(type)));
        }
        for (DescriptorRules.Finding finding : DescriptorRules.check(declared, type)) {
            throw DescriptorReader.mistake(finding.field(), 0, finding.message());
        }
        return new Descriptor(
                Descriptor.API_VERSION,
                Descriptor.KIND,
                type,
                declared.build(),
                run(declared.run(), product),
                endpoints(declared.endpoints(), component, type),
                connections(declared.connections()),
                declared.configuration() == null ? List.of() : declared.configuration(),
                declared.probes(),
                type.isTask() ? declared.scale() : scale(declared.scale()),
                type.isTask() ? task(declared.task()) : null);
    }

    private static Descriptor.Run run(Descriptor.@Nullable Run declared, Product product) {
        Map<String, String> environment = new TreeMap<>(product.environment());
        if (declared != null && declared.environment() != null) {
            environment.putAll(declared.environment());
        }
        boolean files = product.kind() == Cell.Artifact.Kind.STATIC;
        List<String> command =
                !files && declared != null && declared.command() != null ? declared.command() : product.command();
        Integer grace = declared == null ? null : declared.gracePeriodSeconds();
        return new Descriptor.Run(command, environment, Objects.requireNonNullElse(grace, GRACE_PERIOD_SECONDS));
    }

    private static List<Descriptor.Endpoint> endpoints(
            @Nullable List<Descriptor.Endpoint> declared, String component, ComponentType type) {
        if (!type.hasEndpoints()) {
            return List.of();
        }
        if (declared == null) {
            return List.of(new Descriptor.Endpoint(
                    "http", Protocol.HTTP, PORT, "/", Visibility.PUBLIC, path(component, type), null, null));
        }
        List<Descriptor.Endpoint> endpoints = new ArrayList<>();
        for (Descriptor.Endpoint endpoint : declared) {
            String path = endpoints.isEmpty() ? path(component, type) : "/" + component + "/" + endpoint.name();
            endpoints.add(new Descriptor.Endpoint(
                    endpoint.name(),
                    Objects.requireNonNullElse(endpoint.protocol(), Protocol.HTTP),
                    Objects.requireNonNullElse(endpoint.port(), PORT),
                    trimmed(Objects.requireNonNullElse(endpoint.basePath(), "/")),
                    Objects.requireNonNullElse(endpoint.visibility(), Visibility.PROJECT),
                    trimmed(Objects.requireNonNullElse(endpoint.path(), path)),
                    endpoint.schema(),
                    security(endpoint.security())));
        }
        return endpoints;
    }

    private static String path(String component, ComponentType type) {
        return type == ComponentType.WEB_APPLICATION ? "/" : "/" + component;
    }

    private static String trimmed(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static Descriptor.@Nullable Security security(Descriptor.@Nullable Security declared) {
        if (declared == null) {
            return null;
        }
        Authentication authentication = Objects.requireNonNullElse(declared.authentication(), Authentication.NONE);
        List<Descriptor.Operation> operations = declared.operations() == null ? List.of() : declared.operations();
        return new Descriptor.Security(
                authentication,
                declared.scopes() == null ? List.of() : declared.scopes(),
                operations.stream()
                        .map(operation -> new Descriptor.Operation(
                                operation.methods(),
                                operation.path(),
                                Objects.requireNonNullElse(operation.authentication(), authentication),
                                operation.scopes() == null ? List.of() : operation.scopes()))
                        .toList());
    }

    private static List<Descriptor.Connection> connections(@Nullable List<Descriptor.Connection> declared) {
        return declared == null
                ? List.of()
                : declared.stream()
                        .map(connection -> new Descriptor.Connection(
                                connection.name(),
                                connection.endpoint(),
                                connection.host(),
                                Objects.requireNonNullElseGet(
                                        connection.variable(), () -> variable(connection.name()))))
                        .toList();
    }

    private static String variable(String connection) {
        return connection.toUpperCase(Locale.ROOT).replace('-', '_') + "_URL";
    }

    private static Descriptor.Task task(Descriptor.@Nullable Task declared) {
        Descriptor.Task task = declared == null ? new Descriptor.Task(null, null, null, null, null) : declared;
        return new Descriptor.Task(
                task.schedule(),
                Objects.requireNonNullElse(task.timeZone(), "UTC"),
                Objects.requireNonNullElse(task.concurrency(), Concurrency.FORBID),
                Objects.requireNonNullElse(task.timeoutSeconds(), TASK_SECONDS),
                Objects.requireNonNullElse(task.retries(), 0));
    }

    private static Descriptor.Scale scale(Descriptor.@Nullable Scale declared) {
        if (declared == null) {
            return new Descriptor.Scale(1, null, null);
        }
        Descriptor.Autoscaling byLoad = declared.autoscaling();
        return byLoad == null
                ? new Descriptor.Scale(
                        Objects.requireNonNullElse(declared.replicas(), 1), declared.memory(), declared.cpu())
                : new Descriptor.Scale(null, declared.memory(), declared.cpu(), autoscaling(byLoad));
    }

    private static Descriptor.Autoscaling autoscaling(Descriptor.Autoscaling declared) {
        Cell.Autoscaling resolved = Instances.resolved(
                declared.minInstances(), declared.maxInstances(), declared.cpuPercent(), declared.memoryPercent());
        return new Descriptor.Autoscaling(
                resolved.minInstances(), resolved.maxInstances(), resolved.cpuPercent(), resolved.memoryPercent());
    }
}
