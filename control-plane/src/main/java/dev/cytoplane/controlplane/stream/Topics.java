package dev.cytoplane.controlplane.stream;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * Who waits at which topic, in the order in which they came. A topic that nobody waits at is forgotten. Thread-safe.
 *
 * @param <T> topics
 * @param <W> who waits
 */
public final class Topics<T, W> {

    private final Map<T, List<W>> waiting = new ConcurrentHashMap<>();

    public void add(T topic, W who) {
        waiting.compute(topic, (key, there) -> {
            List<W> all = there == null ? new CopyOnWriteArrayList<>() : there;
            all.add(who);
            return all;
        });
    }

    public void remove(T topic, W who) {
        waiting.computeIfPresent(topic, (key, there) -> {
            there.remove(who);
            return there.isEmpty() ? null : there;
        });
    }

    /** As it is now; it does not change later. */
    public List<W> at(T topic) {
        return List.copyOf(waiting.getOrDefault(topic, List.of()));
    }

    public Stream<W> everywhere() {
        return waiting.values().stream().flatMap(List::stream);
    }
}
