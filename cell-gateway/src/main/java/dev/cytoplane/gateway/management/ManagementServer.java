package dev.cytoplane.gateway.management;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Answers {@code /livez}, {@code /readyz} and {@code /metrics}, for the machine and its probes. There is nothing to change here. */
public final class ManagementServer implements AutoCloseable {
    private final DisposableServer server;

    public ManagementServer(String address, int port, BooleanSupplier ready, Supplier<String> metrics) {
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
                                        .sendString(Mono.fromSupplier(metrics))))
                .bindNow();
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
