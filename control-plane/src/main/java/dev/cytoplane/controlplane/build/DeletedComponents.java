package dev.cytoplane.controlplane.build;

import dev.cytoplane.controlplane.build.log.BuildLogs;
import dev.cytoplane.controlplane.event.Event;
import dev.cytoplane.controlplane.event.EventHandler;
import dev.cytoplane.controlplane.source.Repositories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** A component's source, cache and logs go when it goes. Its rows went with it. */
@Component
class DeletedComponents implements EventHandler {

    private final Repositories repositories;
    private final Caches caches;
    private final BuildLogs logs;

    DeletedComponents(Repositories repositories, Caches caches, BuildLogs logs) {
        this.repositories = repositories;
        this.caches = caches;
        this.logs = logs;
    }

    @Override
    public Set<String> types() {
        return Set.of("component.deleted");
    }

    @Override
    public void handle(Event event) {
        if (!(event.data().get("componentId") instanceof String text)) {
            return;
        }
        UUID component = UUID.fromString(text);
        try {
            repositories.delete(component);
            logs.delete(component);
            caches.delete(component);
        } catch (IOException e) {
            throw new UncheckedIOException("The cache of a deleted component cannot be deleted", e);
        }
    }
}
