package dev.cytoplane.dataplane.kubernetes.reconcile;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.dataplane.kubernetes.desired.Environment;
import dev.cytoplane.dataplane.kubernetes.desired.Labels;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What is in the cluster for the gateway of an environment, from caches that have nothing else. */
final class SharedLive implements Sources<Namespace> {

    static final String OF_ENVIRONMENT = Labels.GATEWAY_OF + "=" + Labels.OF_ENVIRONMENT;

    private static final List<Class<? extends HasMetadata>> KINDS = List.of(
            NetworkPolicy.class,
            ResourceQuota.class,
            ServiceAccount.class,
            Secret.class,
            Service.class,
            PodDisruptionBudget.class,
            Deployment.class);
    private static final String PARTS = "parts";
    private static final String CELLS = "cells";

    private final Context<Namespace> context;
    private final Environment environment;

    SharedLive(Context<Namespace> context, Environment environment) {
        this.context = context;
        this.environment = environment;
    }

    static List<EventSource<?, Namespace>> sources(EventSourceContext<Namespace> context) {
        List<EventSource<?, Namespace>> sources = new ArrayList<>();
        KINDS.forEach(kind -> sources.add(source(kind, name(kind), OF_ENVIRONMENT, context)));
        sources.add(source(Pod.class, name(Pod.class), OF_ENVIRONMENT, context));
        sources.add(source(Secret.class, PARTS, Labels.PART + "=true", context));
        sources.add(source(
                Namespace.class, CELLS, Labels.MANAGED_BY + "=" + Labels.MANAGER + ",!" + Labels.GATEWAY_OF, context));
        return sources;
    }

    private static String name(Class<?> kind) {
        return kind.getSimpleName();
    }

    private static <R extends HasMetadata> InformerEventSource<R, Namespace> source(
            Class<R> kind, String name, String selector, EventSourceContext<Namespace> context) {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(kind, Namespace.class)
                        .withName(name)
                        .withLabelSelector(selector)
                        .withSecondaryToPrimaryMapper(SharedLive::environmentOf)
                        .build(),
                context);
    }

    private static Set<ResourceID> environmentOf(HasMetadata object) {
        return Environment.of(object)
                .map(environment -> Set.of(new ResourceID(environment.namespace())))
                .orElse(Set.of());
    }

    /** Of the cells that there are: with a cell its namespace ends, and nothing of it is served any more. */
    List<Secret> parts() {
        return eventSource(Secret.class, PARTS)
                .list(part ->
                        Names.GATEWAY_CONFIGURATION.equals(part.getMetadata().getName()))
                .filter(part -> Environment.of(part).filter(environment::equals).isPresent())
                .filter(Labels::isWhereItsCellIs)
                .filter(this::hasItsCell)
                .sorted(Comparator.comparing(part -> part.getMetadata().getNamespace()))
                .toList();
    }

    /** Whoever can make namespaces with our labels must not become part of the gateway. */
    private boolean hasItsCell(Secret part) {
        String cell = Labels.cell(part).orElseThrow();
        return eventSource(Namespace.class, CELLS)
                .get(new ResourceID(part.getMetadata().getNamespace()))
                .filter(namespace -> namespace.getMetadata().getDeletionTimestamp() == null)
                .stream()
                .flatMap(namespace -> namespace.getMetadata().getOwnerReferences().stream())
                .anyMatch(owner -> owner.getApiVersion().equals(Cell.API_VERSION)
                        && owner.getName().equals(cell));
    }

    <R extends HasMetadata> Optional<R> named(Class<R> kind, String name) {
        return eventSource(kind, name(kind)).get(new ResourceID(name, environment.namespace()));
    }

    Stream<Pod> pods() {
        return GatewaySeen.pods(all(Pod.class)).stream();
    }

    /** What is not asked for any more. */
    List<HasMetadata> leftOver(List<HasMetadata> desired) {
        return KINDS.stream()
                .<HasMetadata>flatMap(this::all)
                .filter(object -> object.getMetadata().getDeletionTimestamp() == null)
                .filter(object -> desired.stream()
                        .noneMatch(wanted -> wanted.getClass() == object.getClass()
                                && wanted.getMetadata()
                                        .getName()
                                        .equals(object.getMetadata().getName())))
                .toList();
    }

    private <R extends HasMetadata> Stream<R> all(Class<R> kind) {
        return eventSource(kind, name(kind))
                .list(object ->
                        environment.namespace().equals(object.getMetadata().getNamespace()));
    }

    @Override
    @SuppressWarnings("unchecked")
    public <R extends HasMetadata> InformerEventSource<R, Namespace> source(R object) {
        return eventSource((Class<R>) object.getClass(), name(object.getClass()));
    }

    private <R extends HasMetadata> InformerEventSource<R, Namespace> eventSource(Class<R> kind, String name) {
        return (InformerEventSource<R, Namespace>)
                context.eventSourceRetriever().getEventSourceFor(kind, name);
    }
}
