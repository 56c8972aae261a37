package dev.cytoplane.gateway.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Ports that were free a moment ago, never the same twice. */
public final class FreePorts {
    /** Below the range that the system gives to outgoing connections. */
    private static final int FIRST = 10_000;

    private static final int LAST = 32_000;
    private static final Set<Integer> given = new HashSet<>();

    private FreePorts() {}

    public static synchronized int next() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            if (isFree(port) && given.add(port)) {
                return port;
            }
        }
    }

    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
