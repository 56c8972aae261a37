package dev.cytoplane.dataplane.port;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Which ports are ours. A port is chosen below the range from which the system takes ports for outgoing connections, so
 * no connection can take it between our choice and the moment its process listens; another server still can, which its
 * user sees and answers by asking for another port. Thread-safe.
 */
public final class Ports {

    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 32_000;
    private static final int ENOUGH = 2_000;
    private static final Path EPHEMERAL_RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

    private final Set<Integer> taken = new HashSet<>();
    private final RandomGenerator random;
    private final int highest;

    public Ports(RandomGenerator random) {
        this.random = random;
        int below = Math.min(HIGHEST, lowestEphemeral() - 1);
        // Some machines leave no room below; then a port can be lost to a connection, and is asked for anew.
        this.highest = below - LOWEST >= ENOUGH ? below : HIGHEST;
    }

    /** A port that nobody has, ours until it is released. */
    public synchronized int take() {
        int range = highest - LOWEST + 1;
        for (int tries = 0; tries < 2_000; tries++) {
            int port = LOWEST + random.nextInt(range);
            if (!taken.contains(port) && free(port)) {
                taken.add(port);
                return port;
            }
        }
        throw new IllegalStateException("No free port between " + LOWEST + " and " + highest);
    }

    /** The same ports by their names, but another one for each that somebody else listens on; that one is given up. */
    public Map<String, Integer> instead(Map<String, Integer> ports) {
        Map<Integer, Integer> moved = new HashMap<>();
        for (int port : Set.copyOf(ports.values())) {
            if (free(port)) {
                moved.put(port, port);
            } else {
                moved.put(port, take());
                release(port);
            }
        }
        Map<String, Integer> chosen = new LinkedHashMap<>();
        ports.forEach((name, port) -> chosen.put(name, moved.getOrDefault(port, port)));
        return chosen;
    }

    /** Notes that a port from an earlier run is in use. */
    public synchronized void keep(int port) {
        taken.add(port);
    }

    public synchronized void release(int port) {
        taken.remove(port);
    }

    /** Whether nobody listens on it, as far as this machine tells. */
    public static boolean free(int port) {
        // The wildcard address too: a server on 0.0.0.0 would answer in place of one that is not up yet.
        return bindable(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                && bindable(new InetSocketAddress(port));
    }

    private static boolean bindable(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int lowestEphemeral() {
        // In one read: such a file has no size, and gives nothing more to a second read.
        try (InputStream range = Files.newInputStream(EPHEMERAL_RANGE)) {
            byte[] text = new byte[64];
            int length = Math.max(0, range.read(text));
            return Integer.parseInt(new String(text, 0, length, StandardCharsets.US_ASCII)
                    .strip()
                    .split("\\s+")[0]);
        } catch (IOException | NumberFormatException e) {
            return 49_152;
        }
    }
}
