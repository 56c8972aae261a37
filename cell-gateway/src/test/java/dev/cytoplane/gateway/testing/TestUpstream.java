package dev.cytoplane.gateway.testing;

import io.netty.handler.ssl.SslContextBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;

/**
 * A component's instance: remembers what reached it and answers with its name. {@code /stream} sends what it receives
 * back as it comes, {@code /ticks} sends events, {@code /echo} is a WebSocket, {@code /slow} takes half a second.
 */
public final class TestUpstream implements AutoCloseable {
    /** A request as it arrived. */
    public record Seen(String method, String uri, io.netty.handler.codec.http.HttpHeaders headers) {
        public @Nullable String header(String name) {
            return headers.get(name);
        }

        public List<String> all(String name) {
            return headers.getAll(name);
        }
    }

    private final DisposableServer server;
    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();

    public TestUpstream(String name) {
        this(name, null);
    }

    public TestUpstream(String name, TestAuthority.@Nullable Credential tls) {
        HttpServer plain = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes -> routes.ws(
                                "/echo", (in, out) -> out.send(in.receive().retain()))
                        .route(_ -> true, (request, response) -> {
                            remember(request);
                            return switch (request.path()) {
                                case "stream" -> response.send(request.receive().retain());
                                case "ticks" ->
                                    response.sse()
                                            .sendString(
                                                    Flux.interval(Duration.ofMillis(50))
                                                            .map(tick -> "data: " + tick + "\n\n")
                                                            .onBackpressureDrop(),
                                                    StandardCharsets.UTF_8);
                                case "slow" ->
                                    response.sendString(
                                            Mono.delay(Duration.ofMillis(500)).map(_ -> name));
                                default ->
                                    request.receive()
                                            .aggregate()
                                            .asByteArray()
                                            .map(bytes -> bytes.length)
                                            .defaultIfEmpty(0)
                                            .flatMap(length -> response.header("X-Length", String.valueOf(length))
                                                    .sendString(Mono.just(name))
                                                    .then());
                            };
                        }));
        HttpServer secured = tls == null
                ? plain
                : plain.secure(spec -> {
                    try {
                        spec.sslContext(SslContextBuilder.forServer(tls.key(), tls.certificate())
                                .build());
                    } catch (javax.net.ssl.SSLException e) {
                        throw new IllegalStateException(e);
                    }
                });
        this.server = secured.bindNow();
    }

    private void remember(HttpServerRequest request) {
        seen.add(new Seen(
                request.method().name(), request.uri(), request.requestHeaders().copy()));
    }

    public String address() {
        return "127.0.0.1:" + server.port();
    }

    public int port() {
        return server.port();
    }

    /** The requests so far, oldest first. */
    public List<Seen> seen() {
        return List.copyOf(seen);
    }

    public Seen last() {
        List<Seen> all = seen();
        if (all.isEmpty()) {
            throw new AssertionError("No request reached the upstream");
        }
        return all.getLast();
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
