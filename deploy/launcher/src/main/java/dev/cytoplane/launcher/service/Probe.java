package dev.cytoplane.launcher.service;

import dev.cytoplane.cli.api.Clients;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks an HTTP address, one without TLS, whether it answers. */
public final class Probe {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final HttpClient client = Clients.plain(TIMEOUT);

    /** True when the answer is a success. */
    public boolean succeeds(URI address) {
        try {
            int status = client.send(
                            HttpRequest.newBuilder(address).timeout(TIMEOUT).build(), BodyHandlers.discarding())
                    .statusCode();
            return status >= 200 && status < 300;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
