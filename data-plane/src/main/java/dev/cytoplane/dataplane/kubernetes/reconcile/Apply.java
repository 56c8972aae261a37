package dev.cytoplane.dataplane.kubernetes.reconcile;

import dev.cytoplane.dataplane.kubernetes.resource.CellResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.SSABasedGenericKubernetesResourceMatcher;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies what differs, by server-side apply: fields of other managers stay as they are. What is equal costs no request. */
final class Apply {

    private static final Logger log = LoggerFactory.getLogger(Apply.class);

    private final Context<CellResource> context;
    private final Live live;

    Apply(Context<CellResource> context, Live live) {
        this.context = context;
        this.live = live;
    }

    void all(List<HasMetadata> desired) {
        desired.forEach(this::one);
    }

    private <R extends HasMetadata> void one(R desired) {
        var source = live.source(desired);
        Optional<R> present = source.get(ResourceID.fromResource(desired));
        if (present.isPresent() && equal(present.get(), desired)) {
            return;
        }
        log.debug("{} {} is applied", desired.getKind(), desired.getMetadata().getName());
        context.resourceOperations().serverSideApply(desired, source);
    }

    private <R extends HasMetadata> boolean equal(R present, R desired) {
        return SSABasedGenericKubernetesResourceMatcher.<R>getInstance().matches(present, desired, context);
    }
}
