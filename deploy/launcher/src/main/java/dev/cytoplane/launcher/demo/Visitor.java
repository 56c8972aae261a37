package dev.cytoplane.launcher.demo;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.api.Http;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Calls the shop as a browser would. Names below {@code localhost} are loopback (RFC 6761), but not every system's
 * resolver knows that: the connection goes to loopback, and the name into the Host header, which {@code Main} lets
 * programs set.
 */
final class Visitor {

    private final Http http;

    Visitor(Http http) {
        this.http = http;
    }

    HttpResponse<String> get(String url, @Nullable String token) {
        return send(url, token, null);
    }

    HttpResponse<String> post(String url, String json) {
        return send(url, null, json);
    }

    private HttpResponse<String> send(String url, @Nullable String token, @Nullable String json) {
        URI address = URI.create(url);
        String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        URI loopback = URI.create(address.getScheme() + "://127.0.0.1:" + address.getPort() + path);
        return http.send(
                () -> {
                    HttpRequest.Builder builder = HttpRequest.newBuilder(loopback)
                            .timeout(Duration.ofSeconds(20))
                            .header("Host", address.getAuthority());
                    if (token != null) {
                        builder.header("Authorization", "Bearer " + token);
                    }
                    if (json != null) {
                        builder.header("Content-Type", "application/json").POST(BodyPublishers.ofString(json));
                    }
                    return builder.build();
                },
                BodyHandlers.ofString(),
                // A shop that has just opened on a busy machine says "try again soon"; an order of the demo may come
                // twice.
                true);
    }

    static void require(String what, HttpResponse<String> answer, int status) {
        if (answer.statusCode() != status) {
            throw new Failure(
                    ExitCode.UNSUCCESSFUL,
                    what + " should be answered with " + status + ", but was with " + answer.statusCode() + ": "
                            + answer.body().lines().findFirst().orElse(""));
        }
    }
}
