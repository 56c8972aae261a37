package dev.cytoplane.gateway.management;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Answers {@code /livez}, {@code /readyz} and {@code /metrics}, for the machine and its probes, and what the data plane reads as
 * files where it shares a disk: {@code /applied.json} and {@code /traffic.json}. There is nothing to change here.
 */
public final class ManagementServer implements AutoCloseable {
    private final DisposableServer server;

    /** @param applied the file that says which configuration is in force; what was counted is beside it */
    public ManagementServer(String address, int port, BooleanSupplier ready, Supplier<String> metrics, Path applied) {
        this.server = HttpServer.create()
                .host(address)
                .port(port)
                .route(routes -> routes.get("/livez", (_, response) -> response.sendString(Mono.just("alive\n")))
                        .get(
                                "/readyz",
                                (_, response) -> ready.getAsBoolean()
                                        ? response.sendString(Mono.just("ready\n"))
                                        : response.status(503).sendString(Mono.just("no configuration yet\n")))
                        .get(
                                "/metrics",
                                (_, response) -> response.header(
                                                "Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                                        .sendString(Mono.fromSupplier(metrics)))
                        .get("/applied.json", (_, response) -> file(applied, response))
                        .get("/traffic.json", (_, response) -> file(applied.resolveSibling("traffic.json"), response)))
                .bindNow();
    }

    /** Small, and replaced whole by whoever writes it; 404 before that. */
    private static Publisher<Void> file(Path file, HttpServerResponse response) {
        try {
            byte[] content = Files.readAllBytes(file);
            return response.header("Content-Type", "application/json").sendByteArray(Mono.just(content));
        } catch (NoSuchFileException e) {
            return response.sendNotFound();
        } catch (IOException e) {
            return response.status(503).send();
        }
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
