package dev.cytoplane.dataplane;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Health: {@code /livez} and {@code /readyz}. */
final class Management implements AutoCloseable {

    private final Agent agent;
    private final HttpServer server;

    Management(Agent agent, InetSocketAddress address) throws IOException {
        this.agent = agent;
        this.server = HttpServer.create(address, 16);
        server.createContext("/livez", exchange -> answer(exchange, 200, "{\"status\":\"UP\"}"));
        server.createContext("/readyz", this::ready);
    }

    void start() {
        server.start();
    }

    private void ready(HttpExchange exchange) throws IOException {
        // Without its control plane a data plane still does its work.
        String link = agent.isConnected() ? "CONNECTED" : "DISCONNECTED";
        boolean ready = agent.isReady();
        answer(
                exchange,
                ready ? 200 : 503,
                "{\"status\":\"" + (ready ? "UP" : "DOWN") + "\",\"link\":\"" + link + "\"}");
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        try (exchange) {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
