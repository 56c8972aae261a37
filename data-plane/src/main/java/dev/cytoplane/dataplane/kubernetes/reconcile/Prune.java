package dev.cytoplane.dataplane.kubernetes.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what the cell no longer asks for. */
final class Prune {

    private static final Logger log = LoggerFactory.getLogger(Prune.class);

    private record Key(Class<?> kind, String name) {
        static Key of(HasMetadata object) {
            return new Key(object.getClass(), object.getMetadata().getName());
        }
    }

    private final KubernetesClient client;
    private final Live live;

    Prune(KubernetesClient client, Live live) {
        this.client = client;
        this.live = live;
    }

    /** @param waiting components whose Deployment or CronJob is not decided yet: it stays, with what its pods need */
    void except(List<HasMetadata> desired, Set<String> waiting) {
        Set<Key> wanted = desired.stream().map(Key::of).collect(Collectors.toSet());
        // What an old pod was started with is needed until no old pod is left.
        boolean settled = waiting.isEmpty()
                && live.all(Deployment.class).allMatch(Health::settled)
                && live.all(Job.class).allMatch(Prune::hasEnded);
        for (Class<? extends HasMetadata> kind : Live.KINDS) {
            live.all(kind)
                    .filter(object -> !wanted.contains(Key.of(object)))
                    .filter(object -> object.getMetadata().getDeletionTimestamp() == null)
                    .filter(object -> !((object instanceof Deployment || object instanceof CronJob)
                            && waiting.contains(object.getMetadata().getName())))
                    .filter(object -> settled || !(object instanceof Secret))
                    .forEach(this::remove);
        }
    }

    private static boolean hasEnded(Job job) {
        return job.getStatus() != null
                && job.getStatus().getConditions().stream()
                        .anyMatch(condition -> Set.of("Complete", "Failed").contains(condition.getType())
                                && condition.getStatus().equals("True"));
    }

    private void remove(HasMetadata object) {
        log.info("{} {} is removed", object.getKind(), object.getMetadata().getName());
        client.resource(object).delete();
    }
}
