package dev.cytoplane.dataplane.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** A component: says which version it is, shows its environment, and misbehaves when it is told to. */
public final class TestService {

    private TestService() {}

    public static void main(String[] arguments) throws Exception {
        String version = Files.readString(Path.of("version.txt")).strip();
        System.out.println("version " + version + " starts");
        String behaviour = System.getenv().getOrDefault("BEHAVIOUR", "");
        if (behaviour.equals("crash")) {
            System.out.println("the database is on fire");
            System.exit(3);
        }
        if (behaviour.equals("never-ready")) {
            System.out.println("still thinking");
            Thread.sleep(600_000);
        }
        HttpServer server = HttpServer.create(
                new InetSocketAddress(System.getenv("HOST"), Integer.parseInt(System.getenv("PORT"))), 256);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> answer(exchange, version));
        server.createContext("/environment", exchange -> {
            String name = exchange.getRequestURI().getQuery();
            answer(exchange, String.valueOf(System.getenv(name)));
        });
        server.createContext("/say", exchange -> {
            System.out.println(exchange.getRequestURI().getQuery());
            answer(exchange, "said");
        });
        server.start();
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            System.out.println("version " + version + " stops");
            server.stop(2);
            stopped.countDown();
        }));
        stopped.await();
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
