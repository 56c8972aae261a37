package dev.cytoplane.launcher.platform;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Finds ports that nobody listens on, below the range from which systems take ports for outgoing connections. */
final class Ports {

    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 31_999;
    private static final int TRIES = 500;

    private final RandomGenerator random;
    private final Set<Integer> taken = new HashSet<>();

    Ports(RandomGenerator random) {
        this.random = random;
    }

    /** {@code preferred} when it is free, else any. */
    int choose(int preferred) {
        if (preferred > 0 && claim(preferred)) {
            return preferred;
        }
        for (int i = 0; i < TRIES; i++) {
            int port = LOWEST + random.nextInt(HIGHEST - LOWEST + 1);
            if (claim(port)) {
                return port;
            }
        }
        throw new Failure(ExitCode.FAILED, "No free port was found between " + LOWEST + " and " + HIGHEST + ".");
    }

    private boolean claim(int port) {
        return isFree(port) && taken.add(port);
    }

    /** Nobody listens on it on loopback. */
    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // A connection that ended a moment ago does not keep a server from the port.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
