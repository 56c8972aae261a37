package dev.cytoplane.dataplane.kubernetes.reconcile;

import dev.cytoplane.dataplane.kubernetes.desired.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was found to be as it should be, and stays so while neither side changes. To compare two objects field by field, with
 * who owns which field, costs more than all else in a pass, and most passes are for a pod or a status that has changed.
 */
final class Settled {

    private final KubernetesSerialization json;
    private final Map<Key, Pair> pairs = new ConcurrentHashMap<>();

    Settled(KubernetesSerialization json) {
        this.json = json;
    }

    /** Whether it is as it should be; compares them only where one of them has changed. */
    boolean is(HasMetadata live, HasMetadata desired, BooleanSupplier compare) {
        Key key = Key.of(desired);
        Pair now = pair(live, desired);
        if (now.equals(pairs.get(key))) {
            return true;
        }
        if (!compare.getAsBoolean()) {
            pairs.remove(key);
            return false;
        }
        pairs.put(key, now);
        return true;
    }

    /** @param live as the API server says it is, now that it was applied */
    void applied(HasMetadata live, HasMetadata desired) {
        pairs.put(Key.of(desired), pair(live, desired));
    }

    private Pair pair(HasMetadata live, HasMetadata desired) {
        return new Pair(Face.of(live, desired.getMetadata()), digest(desired));
    }

    /** Forgets what is not asked for any more. */
    void retain(Collection<HasMetadata> desired) {
        Set<Key> wanted = desired.stream().map(Key::of).collect(Collectors.toSet());
        pairs.keySet().retainAll(wanted);
    }

    private String digest(HasMetadata desired) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256")
                            .digest(json.asJson(desired).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Key(Class<?> kind, @Nullable String namespace, String name) {
        static Key of(HasMetadata object) {
            return new Key(
                    object.getClass(),
                    object.getMetadata().getNamespace(),
                    object.getMetadata().getName());
        }
    }

    private record Pair(Face live, String desired) {}

    /**
     * What a change shows in that somebody could make to what was applied. The status is not in it.
     *
     * @param version what changes with the specification
     * @param labels those that are asked for
     * @param annotations those that are asked for; Kubernetes writes others
     * @param applied when what is ours was last written: who takes it from us changes that
     */
    private record Face(
            @Nullable String uid,
            @Nullable Object version,
            Map<String, String> labels,
            Map<String, String> annotations,
            @Nullable List<OwnerReference> owners,
            @Nullable String applied) {

        static Face of(HasMetadata live, ObjectMeta asked) {
            ObjectMeta meta = live.getMetadata();
            return new Face(
                    meta.getUid(),
                    version(live),
                    of(meta.getLabels(), asked.getLabels()),
                    of(meta.getAnnotations(), asked.getAnnotations()),
                    meta.getOwnerReferences(),
                    meta.getManagedFields().stream()
                            .filter(entry ->
                                    Labels.MANAGER.equals(entry.getManager()) && entry.getSubresource() == null)
                            .map(ManagedFieldsEntry::getTime)
                            .findFirst()
                            .orElse(null));
        }

        private static Map<String, String> of(@Nullable Map<String, String> live, @Nullable Map<String, String> asked) {
            if (live == null || asked == null) {
                return Map.of();
            }
            Map<String, String> ours = new HashMap<>(live);
            ours.keySet().retainAll(asked.keySet());
            return ours;
        }

        private static @Nullable Object version(HasMetadata live) {
            if (live instanceof ResourceQuota quota) {
                // It counts what there is in its status, and has no generation.
                return quota.getSpec();
            }
            Long generation = live.getMetadata().getGeneration();
            return generation == null ? live.getMetadata().getResourceVersion() : generation;
        }
    }
}
