package dev.cytoplane.dataplane.kubernetes.reconcile;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.dataplane.kubernetes.desired.Environment;
import dev.cytoplane.dataplane.kubernetes.desired.Labels;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import dev.cytoplane.dataplane.kubernetes.resource.CellResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is in the cluster, from caches that watches keep: looking costs no request. */
final class Live implements Sources<CellResource> {

    /** The kinds that a cell is made of, and that are removed when it no longer asks for them. */
    static final List<Class<? extends HasMetadata>> KINDS = List.of(
            Namespace.class,
            NetworkPolicy.class,
            ResourceQuota.class,
            ServiceAccount.class,
            Secret.class,
            Service.class,
            PodDisruptionBudget.class,
            Deployment.class,
            HorizontalPodAutoscaler.class,
            CronJob.class);

    private static final String OURS = Labels.MANAGED_BY + "=" + Labels.MANAGER;

    private final Context<CellResource> context;
    private final String namespace;
    private final String environment;

    /** Of the cell's namespace and its environment's: whoever can write labels elsewhere must not become part of the cell. */
    Live(Context<CellResource> context, Cell.Metadata cell) {
        this.context = context;
        this.namespace = Names.namespace(cell.name());
        this.environment = Environment.of(cell).namespace();
    }

    static List<EventSource<?, CellResource>> sources(EventSourceContext<CellResource> context) {
        List<EventSource<?, CellResource>> sources = new ArrayList<>();
        KINDS.forEach(kind -> sources.add(source(kind, context)));
        sources.add(source(Pod.class, context));
        sources.add(source(Job.class, context));
        return sources;
    }

    private static <R extends HasMetadata> InformerEventSource<R, CellResource> source(
            Class<R> kind, EventSourceContext<CellResource> context) {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(kind, CellResource.class)
                        .withLabelSelector(OURS)
                        .withSecondaryToPrimaryMapper(object -> cellsOf(object, context.getPrimaryCache()))
                        .build(),
                context);
    }

    /** Labels say whose an object is; whether it is where that cell's objects are is asked when it is looked at. */
    private static Set<ResourceID> cellsOf(HasMetadata object, IndexerResourceCache<CellResource> cells) {
        if (Labels.isOfEnvironment(object)) {
            return Environment.of(object)
                    .map(environment -> cells.list(
                                    cell -> environment.has(cell.getMetadata().getName()))
                            .map(ResourceID::fromResource)
                            .collect(Collectors.toSet()))
                    .orElse(Set.of());
        }
        return Labels.cell(object).map(ResourceID::new).map(Set::of).orElse(Set.of());
    }

    /** What is the cell's own, wherever it is. */
    <R extends HasMetadata> Stream<R> all(Class<R> kind) {
        return context.getSecondaryResourcesAsStream(kind)
                .filter(object -> !Labels.isOfEnvironment(object))
                .filter(object -> namespace.equals(place(object)) || environment.equals(place(object)));
    }

    private static @Nullable String place(HasMetadata object) {
        return object instanceof Namespace
                ? object.getMetadata().getName()
                : object.getMetadata().getNamespace();
    }

    /** What the cells of its environment share. */
    <R extends HasMetadata> Stream<R> shared(Class<R> kind) {
        return eventSource(kind).list(Labels::isOfEnvironment).filter(object -> environment.equals(place(object)));
    }

    <R extends HasMetadata> Optional<R> shared(Class<R> kind, String name) {
        return eventSource(kind).get(new ResourceID(name, environment)).filter(Labels::isOfEnvironment);
    }

    /** The namespace of that. */
    Optional<Namespace> environment() {
        return eventSource(Namespace.class).get(new ResourceID(environment)).filter(Labels::isOfEnvironment);
    }

    <R extends HasMetadata> Optional<R> named(Class<R> kind, String name) {
        return all(kind)
                .filter(object -> object.getMetadata().getName().equals(name))
                .findFirst();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <R extends HasMetadata> InformerEventSource<R, CellResource> source(R object) {
        return eventSource((Class<R>) object.getClass());
    }

    private <R extends HasMetadata> InformerEventSource<R, CellResource> eventSource(Class<R> kind) {
        return (InformerEventSource<R, CellResource>)
                context.eventSourceRetriever().getEventSourceFor(kind);
    }
}
