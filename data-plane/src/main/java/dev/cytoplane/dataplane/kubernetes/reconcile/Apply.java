package dev.cytoplane.dataplane.kubernetes.reconcile;

import dev.cytoplane.dataplane.kubernetes.desired.Desired;
import dev.cytoplane.dataplane.kubernetes.resource.Refused;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.SSABasedGenericKubernetesResourceMatcher;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies what differs, by server-side apply: fields of other managers stay as they are. What is equal costs no request. */
final class Apply<P extends HasMetadata> {

    private static final Logger log = LoggerFactory.getLogger(Apply.class);

    private final Context<P> context;
    private final Sources<P> sources;
    private final Settled settled;

    Apply(Context<P> context, Sources<P> sources, Settled settled) {
        this.context = context;
        this.sources = sources;
        this.settled = settled;
    }

    /** What one part is refused keeps no other part back. */
    Refusals all(Desired desired) {
        settled.retain(desired.all());
        Optional<String> cell = each(desired.cell());
        if (cell.isPresent()) {
            return new Refusals(cell.get(), Map.of());
        }
        Map<String, String> refused = new TreeMap<>();
        desired.parts().forEach((part, objects) -> each(objects).ifPresent(sentence -> refused.put(part, sentence)));
        return new Refusals(null, refused);
    }

    /** In their order, until one is refused: what follows may need it. */
    private Optional<String> each(List<HasMetadata> objects) {
        for (HasMetadata object : objects) {
            try {
                one(object);
            } catch (KubernetesClientException e) {
                Optional<String> refused = Refused.sentence(object, e);
                if (refused.isEmpty()) {
                    throw e;
                }
                return refused;
            }
        }
        return Optional.empty();
    }

    private <R extends HasMetadata> void one(R desired) {
        var source = sources.source(desired);
        Optional<R> present = source.get(ResourceID.fromResource(desired));
        if (present.isPresent() && settled.is(present.get(), desired, () -> equal(present.get(), desired))) {
            return;
        }
        log.debug("{} {} is applied", desired.getKind(), desired.getMetadata().getName());
        settled.applied(context.resourceOperations().serverSideApply(desired, source), desired);
    }

    private <R extends HasMetadata> boolean equal(R present, R desired) {
        return SSABasedGenericKubernetesResourceMatcher.<R>getInstance().matches(present, desired, context);
    }
}
