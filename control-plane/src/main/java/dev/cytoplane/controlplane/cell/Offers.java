package dev.cytoplane.controlplane.cell;

import dev.cytoplane.contracts.descriptor.ComponentType;
import dev.cytoplane.contracts.descriptor.Descriptor;
import dev.cytoplane.contracts.descriptor.Protocol;
import dev.cytoplane.contracts.descriptor.Visibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a descriptor's endpoints and connections come to when its defaults are filled in. Pure. */
public final class Offers {

    private static final int DEFAULT_PORT = 8080;

    private Offers() {}

    /** An endpoint with nothing left open. {@code index} is its place in the descriptor. */
    public record Endpoint(
            int index,
            String name,
            Protocol protocol,
            int port,
            String basePath,
            Visibility visibility,
            String path,
            Descriptor.@Nullable Security security) {

        /** Whether other cells may connect to it. */
        public boolean isOfferedToOtherCells() {
            return visibility != Visibility.PROJECT;
        }
    }

    /** A connection with its target taken apart. {@code index} is its place in the descriptor. */
    public record Connection(int index, String name, String variable, Target target) {}

    /** What a connection calls. */
    public sealed interface Target {
        /** @param project null for the caller's own */
        record Component(@Nullable String project, String component, String endpoint) implements Target {}

        record Host(String url) implements Target {}
    }

    public static List<Endpoint> endpoints(String component, ComponentType type, Descriptor descriptor) {
        List<Descriptor.Endpoint> declared = descriptor.endpoints();
        if (declared == null) {
            return !type.hasEndpoints()
                    ? List.of()
                    : List.of(new Endpoint(
                            0,
                            "http",
                            Protocol.HTTP,
                            DEFAULT_PORT,
                            "/",
                            Visibility.PUBLIC,
                            defaultPath(component, type, 0, "http"),
                            null));
        }
        List<Endpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < declared.size(); i++) {
            Descriptor.Endpoint e = declared.get(i);
            endpoints.add(new Endpoint(
                    i,
                    e.name(),
                    Objects.requireNonNullElse(e.protocol(), Protocol.HTTP),
                    Objects.requireNonNullElse(e.port(), DEFAULT_PORT),
                    normal(Objects.requireNonNullElse(e.basePath(), "/")),
                    Objects.requireNonNullElse(e.visibility(), Visibility.PROJECT),
                    e.path() == null ? defaultPath(component, type, i, e.name()) : normal(e.path()),
                    e.security()));
        }
        return endpoints;
    }

    public static List<Connection> connections(Descriptor descriptor) {
        List<Descriptor.Connection> declared = Objects.requireNonNullElse(descriptor.connections(), List.of());
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < declared.size(); i++) {
            Descriptor.Connection c = declared.get(i);
            String variable = c.variable() == null ? defaultVariable(c.name()) : c.variable();
            connections.add(new Connection(i, c.name(), variable, target(c)));
        }
        return connections;
    }

    /** Where an endpoint of a component that was never deployed would be: its first endpoint's default. */
    static String guessedPath(String component) {
        return "/" + component;
    }

    private static Target target(Descriptor.Connection connection) {
        if (connection.host() != null && connection.endpoint() == null) {
            return new Target.Host(connection.host());
        }
        if (connection.endpoint() == null || connection.host() != null) {
            throw new IllegalArgumentException("needs either an endpoint or a host");
        }
        String[] parts = connection.endpoint().split("/", -1);
        return switch (parts.length) {
            case 2 -> new Target.Component(null, parts[0], parts[1]);
            case 3 -> new Target.Component(parts[0], parts[1], parts[2]);
            default ->
                throw new IllegalArgumentException("is neither component/endpoint nor project/component/endpoint");
        };
    }

    private static String defaultVariable(String connection) {
        return connection.toUpperCase(Locale.ROOT).replace('-', '_') + "_URL";
    }

    private static String defaultPath(String component, ComponentType type, int index, String endpoint) {
        if (index > 0) {
            return "/" + component + "/" + endpoint;
        }
        return type == ComponentType.WEB_APPLICATION ? "/" : "/" + component;
    }

    /** Starts with a slash and does not end with one, unless it is nothing else. */
    private static String normal(String path) {
        String trimmed = path.strip();
        while (trimmed.endsWith("/")) {
            trimmed = trimmed.substring(0, trimmed.length() - 1);
        }
        return trimmed.startsWith("/") ? trimmed : "/" + trimmed;
    }
}
