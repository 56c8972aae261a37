package dev.cytoplane.dataplane.gateway;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.dataplane.port.Ports;
import dev.cytoplane.dataplane.storage.StateFiles;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Gives cells their listeners' ports and their connections' keys, once, and keeps them on disk. Thread-safe. */
final class Allocations {

    private static final int KEY_BYTES = 16;

    private final Path cells;
    private final Ports ports;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Allocation> known = new ConcurrentHashMap<>();

    Allocations(Path state, Ports ports) {
        this.cells = StateFiles.folder(state.resolve("cells"));
        this.ports = ports;
    }

    /**
     * Reads what a cell was given before.
     *
     * @param keepPorts false when nothing of ours can be listening, so that a port in use is somebody else's
     */
    void recall(String cell, boolean keepPorts) {
        StateFiles.readJson(file(cell), Allocation.class).ifPresent(stored -> {
            Allocation usable = new Allocation(
                    usable(stored.westboundPort(), keepPorts),
                    usable(stored.outboundPort(), keepPorts),
                    stored.connectionKeys());
            store(cell, usable);
        });
    }

    private int usable(int port, boolean keep) {
        if (keep || Ports.free(port)) {
            ports.keep(port);
            return port;
        }
        return ports.take();
    }

    /** The cell's allocation, with a key for each of its connections. Keys of removed connections stay until it goes. */
    synchronized Allocation of(Cell cell) {
        String name = cell.metadata().name();
        Allocation before = known.get(name);
        Map<String, String> keys = new TreeMap<>(before == null ? Map.of() : before.connectionKeys());
        cell.spec()
                .components()
                .forEach(component -> component
                        .connections()
                        .forEach(connection ->
                                keys.computeIfAbsent(key(component.name(), connection.name()), unused -> newKey())));
        if (before != null && keys.equals(before.connectionKeys())) {
            return before;
        }
        Allocation now = before == null
                ? new Allocation(ports.take(), ports.take(), keys)
                : new Allocation(before.westboundPort(), before.outboundPort(), keys);
        store(name, now);
        return now;
    }

    @Nullable
    Allocation existing(String cell) {
        return known.get(cell);
    }

    void remove(String cell) {
        Allocation removed = known.remove(cell);
        if (removed != null) {
            ports.release(removed.westboundPort());
            ports.release(removed.outboundPort());
        }
        StateFiles.delete(file(cell));
    }

    static String key(String component, String connection) {
        return component + "/" + connection;
    }

    private void store(String cell, Allocation allocation) {
        StateFiles.folder(cells.resolve(cell));
        StateFiles.writeJson(file(cell), allocation);
        known.put(cell, allocation);
    }

    private Path file(String cell) {
        return cells.resolve(cell).resolve("gateway.json");
    }

    private String newKey() {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
