package dev.cytoplane.controlplane.build;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is kept on disk for its use, and may be gone tomorrow: as much as fits, the most recently used first. */
final class Keeping {

    private Keeping() {}

    /** @param used when it was used last */
    record Item(Path path, long bytes, Instant used) {}

    /**
     * Which items are to go.
     *
     * @param limit bytes that all together may take
     * @param oldest what was used last before this goes however much room there is
     */
    static List<Item> leaving(List<Item> items, long limit, Instant oldest) {
        List<Item> newestFirst = new ArrayList<>(items);
        newestFirst.sort(Comparator.comparing(Item::used).reversed());
        List<Item> leaving = new ArrayList<>();
        long room = limit;
        for (Item item : newestFirst) {
            room -= item.bytes();
            if (room < 0 || item.used().isBefore(oldest)) {
                leaving.add(item);
            }
        }
        return leaving;
    }
}
