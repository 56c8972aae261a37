package dev.cytoplane.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executors;

/** A small real HTTP server that answers what a test tells it to, and remembers what it was asked. */
public final class Server implements AutoCloseable {

    /** A request as it came. Header names are in lower case. */
    public record Request(String method, String path, Map<String, String> headers, String body) {}

    /** @param drop send half of the promised body, then cut the connection */
    private record Answer(int status, Map<String, String> headers, String body, boolean drop) {}

    private final HttpServer http;
    private final Map<String, Queue<Answer>> answers = new HashMap<>();
    private final List<Request> requests = new ArrayList<>();

    public Server() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", this::handle);
        http.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** The next answer for a method and path; the last one told is given again and again. */
    public Server on(String methodAndPath, int status, String body, String... headers) {
        return add(methodAndPath, status, body, false, headers);
    }

    public Server onBroken(String methodAndPath, String body, String... headers) {
        return add(methodAndPath, 200, body, true, headers);
    }

    private synchronized Server add(String methodAndPath, int status, String body, boolean drop, String... headers) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            map.put(headers[i], headers[i + 1]);
        }
        answers.computeIfAbsent(methodAndPath, key -> new ArrayDeque<>()).add(new Answer(status, map, body, drop));
        return this;
    }

    public synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    public List<Request> requests(String methodAndPath) {
        return requests().stream()
                .filter(request ->
                        (request.method() + " " + request.path().replaceFirst("\\?.*", "")).equals(methodAndPath))
                .toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
        Answer answer = next(new Request(exchange.getRequestMethod(), path, headers, body));
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(
                answer.status(), bytes.length == 0 ? -1 : answer.drop() ? bytes.length * 2L : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.getResponseBody().flush();
        // When less was sent than was promised, this cuts the connection.
        exchange.close();
    }

    private synchronized Answer next(Request request) {
        requests.add(request);
        Queue<Answer> queue = answers.get(request.method() + " " + request.path());
        if (queue == null) {
            queue = answers.get(request.method() + " " + request.path().replaceFirst("\\?.*", ""));
        }
        if (queue == null) {
            return new Answer(
                    404,
                    Map.of("Content-Type", "application/problem+json"),
                    "{\"title\":\"Not found\",\"detail\":\"There is no " + request.path() + ".\",\"status\":404}",
                    false);
        }
        return queue.size() > 1 ? queue.remove() : queue.element();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
