package dev.cytoplane.controlplane.event;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Tells those who wait in this process that an organization has a new event. Losing a wake-up costs one poll. */
@Component
class Wakeups {

    private final List<Consumer<UUID>> waiting = new CopyOnWriteArrayList<>();

    void add(Consumer<UUID> listener) {
        waiting.add(listener);
    }

    void remove(Consumer<UUID> listener) {
        waiting.remove(listener);
    }

    void wake(UUID organizationId) {
        for (Consumer<UUID> listener : waiting) {
            listener.accept(organizationId);
        }
    }
}
