package dev.cytoplane.gateway.fence;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/**
 * Ends when an address that every pod of a cell is denied can no longer be reached. The address is the Kubernetes API
 * server's, which answers every pod that no policy holds. It runs as an init container, so that where nothing enforces
 * policies no component ever starts, and the pod says why.
 *
 * <p>Arguments: host and port; by default those that Kubernetes gives every container.
 */
public final class Fence {

    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofMillis(50);
    /** One refusal may be a moment in which rules are being replaced. */
    private static final int REFUSALS = 2;

    private Fence() {}

    public static void main(String[] arguments) throws InterruptedException {
        String host = arguments.length > 0 ? arguments[0] : System.getenv("KUBERNETES_SERVICE_HOST");
        int port = Integer.parseInt(arguments.length > 1 ? arguments[1] : System.getenv("KUBERNETES_SERVICE_PORT"));
        InetSocketAddress forbidden = new InetSocketAddress(host, port);
        long opened = 0;
        int refusals = 0;
        while (refusals < REFUSALS) {
            if (reaches(forbidden)) {
                refusals = 0;
                if (opened++ % 100 == 0) {
                    System.out.println(
                            "Waiting: " + forbidden + " can still be reached, so no policy holds this pod yet");
                }
            } else {
                refusals++;
            }
            Thread.sleep(PAUSE);
        }
        System.out.println("The network policies of this pod are in force");
    }

    private static boolean reaches(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, Math.toIntExact(PATIENCE.toMillis()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
