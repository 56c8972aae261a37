package dev.cytoplane.dataplane.kubernetes.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A component that does as it is asked: {@code /} says its version, {@code /get?VARIABLE} calls the URL in that variable,
 * {@code /fetch?URL} any other, {@code /dial?HOST:PORT} connects, {@code /write?PATH} writes a file, {@code /work?SECONDS} uses a
 * processor, {@code /repeat?VARIABLE} calls the URL in that variable again and again and {@code /repeated} says how that went. With {@code BEHAVIOUR=knock} it tries to reach {@code DOOR} when it begins and
 * when it ends. What fails is said by
 * the name of its exception.
 */
public final class CallingService {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private static final int CALLERS = 4;
    /** A machine that is busy makes nobody fail. */
    private static final Duration REPEATED_PATIENCE = Duration.ofSeconds(20);

    private static final int MOST_TOLD = 8;
    private static final AtomicLong CALLS = new AtomicLong();
    private static final AtomicLong SLOWEST_MILLIS = new AtomicLong();
    private static final Queue<String> FAILURES = new ConcurrentLinkedQueue<>();

    private CallingService() {}

    interface Answer {
        String to(String question) throws Exception;
    }

    public static void main(String[] arguments) throws IOException {
        String version = Files.readString(Path.of("version.txt")).strip();
        String behaviour = System.getenv().getOrDefault("BEHAVIOUR", "");
        if (behaviour.equals("crash")) {
            System.out.println("the database is on fire");
            System.exit(3);
        }
        if (behaviour.equals("knock")) {
            String door = System.getenv("DOOR");
            knock(door);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> knock(door)));
        }
        HttpServer server = HttpServer.create(
                new InetSocketAddress(System.getenv("HOST"), Integer.parseInt(System.getenv("PORT"))), 256);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        serve(server, "/", question -> version);
        serve(server, "/environment", question -> String.valueOf(System.getenv(question)));
        serve(server, "/get", question -> fetch(System.getenv(question)));
        serve(server, "/fetch", CallingService::fetch);
        serve(server, "/dial", CallingService::dial);
        serve(
                server,
                "/write",
                question -> Files.writeString(Path.of(question), "x").toString());
        serve(server, "/work", CallingService::work);
        serve(server, "/repeat", question -> repeat(System.getenv(question)));
        serve(
                server,
                "/repeated",
                _ -> CALLS.get() + " calls, " + FAILURES.size() + " failed, the slowest took " + SLOWEST_MILLIS.get()
                        + " ms: " + FAILURES.stream().limit(MOST_TOLD).toList());
        server.start();
        System.out.println("version " + version + " serves");
    }

    private static void serve(HttpServer server, String path, Answer answer) {
        server.createContext(path, exchange -> {
            try {
                answer(
                        exchange,
                        answer.to(String.valueOf(exchange.getRequestURI().getQuery())));
            } catch (Exception e) {
                answer(exchange, e.getClass().getSimpleName() + ": " + e.getMessage());
            }
        });
    }

    private static String fetch(String url) throws Exception {
        return fetch(url, PATIENCE);
    }

    private static String fetch(String url, Duration patience) throws Exception {
        var response = CLIENT.send(
                HttpRequest.newBuilder(URI.create(url)).timeout(patience).build(), BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    /** Half of it on connections that stay, half each on a new one. */
    private static String repeat(String url) {
        for (int caller = 0; caller < CALLERS; caller++) {
            boolean stays = caller % 2 == 0;
            Thread.ofVirtual().start(() -> {
                while (true) {
                    repeatOnce(url, stays);
                    LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                }
            });
        }
        return "calling";
    }

    private static void repeatOnce(String url, boolean stays) {
        Instant begun = Instant.now();
        String said;
        try {
            if (stays) {
                said = fetch(url, REPEATED_PATIENCE);
            } else {
                HttpURLConnection connection =
                        (HttpURLConnection) URI.create(url).toURL().openConnection();
                connection.setConnectTimeout(Math.toIntExact(REPEATED_PATIENCE.toMillis()));
                connection.setReadTimeout(Math.toIntExact(REPEATED_PATIENCE.toMillis()));
                connection.setRequestProperty("Connection", "close");
                said = String.valueOf(connection.getResponseCode());
                connection.getInputStream().readAllBytes();
            }
        } catch (Exception e) {
            said = e.toString();
        }
        CALLS.incrementAndGet();
        SLOWEST_MILLIS.accumulateAndGet(Duration.between(begun, Instant.now()).toMillis(), Math::max);
        if (!said.startsWith("200")) {
            FAILURES.add(begun + (stays ? " " : " new ") + said);
        }
    }

    private static String dial(String address) throws IOException {
        int colon = address.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
                    Math.toIntExact(PATIENCE.toMillis()));
            return "connected";
        }
    }

    private static String work(String seconds) {
        Thread.ofPlatform().daemon().start(() -> {
            long end = System.nanoTime()
                    + Duration.ofSeconds(Long.parseLong(seconds)).toNanos();
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        });
        return "working";
    }

    /** Tries a door that is not this component's to open, for as long as a policy might be late or gone. */
    private static void knock(String door) {
        for (int i = 0; i < 30; i++) {
            try {
                System.out.println(door + " " + dial(door));
            } catch (IOException e) {
                System.out.println(door + " " + e.getMessage());
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
