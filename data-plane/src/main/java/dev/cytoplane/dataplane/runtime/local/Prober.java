package dev.cytoplane.dataplane.runtime.local;

import dev.cytoplane.contracts.cell.Cell;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks an instance whether it is well. */
final class Prober implements AutoCloseable {

    private static final int LOWEST_ERROR = 400;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** Null when the probe succeeds, else why it does not. */
    @Nullable
    String fault(Cell.Probe probe, int port) throws InterruptedException {
        Duration timeout = Duration.ofSeconds(Math.max(1, probe.timeoutSeconds()));
        String path = probe.path();
        return path == null ? connectFault(port, timeout) : httpFault(path, port, timeout);
    }

    private static @Nullable String connectFault(int port, Duration timeout) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), Math.toIntExact(timeout.toMillis()));
            return null;
        } catch (IOException e) {
            return "nothing listens on its PORT";
        }
    }

    private @Nullable String httpFault(String path, int port, Duration timeout) throws InterruptedException {
        String url = "http://127.0.0.1:" + port + (path.startsWith("/") ? path : "/" + path);
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(timeout)
                    .header("User-Agent", "cytoplane-probe")
                    .build();
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status < LOWEST_ERROR ? null : path + " answers " + status;
        } catch (IllegalArgumentException e) {
            return path + " is not a path that can be asked for";
        } catch (java.net.http.HttpTimeoutException e) {
            return path + " does not answer within " + timeout.toSeconds() + " s";
        } catch (IOException e) {
            return path + " cannot be reached on its PORT";
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
