package dev.cytoplane.dataplane.kubernetes.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** {@link Settled} of everything that a reconciler has; no more are remembered than there are. */
final class SettledOf<P extends HasMetadata> {

    private final Map<String, Settled> byName = new ConcurrentHashMap<>();

    Settled one(P primary, Context<P> context) {
        String name = primary.getMetadata().getName();
        Settled known = byName.get(name);
        if (known != null) {
            return known;
        }
        byName.keySet()
                .retainAll(context.getPrimaryCache()
                        .list()
                        .map(each -> each.getMetadata().getName())
                        .collect(Collectors.toSet()));
        return byName.computeIfAbsent(
                name, unused -> new Settled(context.getClient().getKubernetesSerialization()));
    }
}
