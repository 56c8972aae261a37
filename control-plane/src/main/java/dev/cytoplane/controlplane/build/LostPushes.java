package dev.cytoplane.controlplane.build;

import dev.cytoplane.controlplane.source.ComponentSource;
import dev.cytoplane.controlplane.source.Repositories;
import dev.cytoplane.controlplane.source.Revisions;
import dev.cytoplane.controlplane.source.Sources;
import dev.cytoplane.controlplane.tenancy.Tenancy;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Repository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Git and the database cannot be written in one step. A control plane that was killed after it took a push in, and
 * before it queued the build, finds that push here when it starts again; one whose database was away, some minutes later.
 */
@Component
class LostPushes {

    private static final Logger LOG = LoggerFactory.getLogger(LostPushes.class);

    private final Sources sources;
    private final Repositories repositories;
    private final BuildStore store;
    private final Builds builds;
    private final Tenancy tenancy;
    private final TransactionTemplate transaction;

    LostPushes(
            Sources sources,
            Repositories repositories,
            BuildStore store,
            Builds builds,
            Tenancy tenancy,
            PlatformTransactionManager transactions) {
        this.sources = sources;
        this.repositories = repositories;
        this.store = store;
        this.builds = builds;
        this.tenancy = tenancy;
        this.transaction = new TransactionTemplate(transactions);
    }

    @EventListener(ApplicationReadyEvent.class)
    void inTheBackground() {
        Thread.ofVirtual().name("lost-pushes").start(this::find);
    }

    @Scheduled(initialDelay = 10, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
    void find() {
        for (ComponentSource source : sources.keptHere()) {
            if (!repositories.exists(source)) {
                continue;
            }
            try (Repository repository = repositories.open(source)) {
                Revisions.tip(repository, source.ref())
                        .filter(commit -> !isBuilt(source, commit))
                        .ifPresent(commit -> queue(source, commit));
            } catch (RuntimeException e) {
                LOG.warn(
                        "The pushes to {} cannot be compared with its builds",
                        source.scope().path(),
                        e);
            }
        }
    }

    private boolean isBuilt(ComponentSource source, String commit) {
        UUID component = source.scope().componentId();
        return tenancy.in(
                source.scope().organizationId(),
                () -> Boolean.TRUE.equals(transaction.execute(status -> store.exists(component, commit))));
    }

    private void queue(ComponentSource source, String commit) {
        LOG.info(
                "The push of {} to {} was not built yet", commit, source.scope().path());
        tenancy.in(source.scope().organizationId(), () -> {
            builds.queue(new Builds.Request(source.scope(), Trigger.PUSH, commit, source.branch(), false, "system"));
        });
    }
}
