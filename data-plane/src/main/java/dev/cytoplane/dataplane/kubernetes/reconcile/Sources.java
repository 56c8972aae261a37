package dev.cytoplane.dataplane.kubernetes.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;

/** The caches that watches keep, by the kind of what they have. */
@FunctionalInterface
interface Sources<P extends HasMetadata> {

    <R extends HasMetadata> InformerEventSource<R, P> source(R object);
}
