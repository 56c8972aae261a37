package dev.cytoplane.cli.warmup;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A server on loopback that says the same to every request, while the AOT cache is trained. */
public final class Answers implements AutoCloseable {

    private final HttpServer server;

    private Answers(HttpServer server) {
        this.server = server;
    }

    /**
     * @param port 0 for any that is free
     * @param answer JSON
     */
    public static Answers on(int port, String answer) throws IOException {
        byte[] content = answer.getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, content.length);
                exchange.getResponseBody().write(content);
            }
        });
        server.start();
        return new Answers(server);
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
