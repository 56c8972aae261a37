package shop.orders;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The HTTP interface: /orders, /orders/{id} and /health. */
final class Api implements HttpHandler {

    private record LogLine(String message, String traceId) {}

    private static final int MAX_BODY = 64 * 1024;
    private static final int PAGE = 50;

    private final Gson gson = new GsonBuilder().setStrictness(Strictness.STRICT).create();
    private final Journal journal;

    Api(Journal journal) {
        this.journal = journal;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                route(exchange);
            } catch (Problem problem) {
                send(exchange, problem.details().status(), "application/problem+json", problem.details());
            } catch (IOException | RuntimeException e) {
                log(exchange, "failed: " + e);
                var problem = Problem.of(500, "The order service failed", "Try again; the cause is in the log.");
                send(exchange, 500, "application/problem+json", problem.details());
            }
        }
    }

    private void route(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        switch (path) {
            case "/health" -> send(exchange, 200, "application/json", Map.of("status", "UP"));
            case "/orders", "/orders/" -> {
                switch (method) {
                    case "GET", "HEAD" ->
                        send(exchange, 200, "application/json", Map.of("items", journal.newest(PAGE)));
                    case "POST" -> place(exchange);
                    default -> refuseMethod(exchange, "GET, HEAD, POST");
                }
            }
            default -> {
                if (!path.startsWith("/orders/")) {
                    throw Problem.of(404, "Not found", "Orders are at /orders.");
                }
                if (!List.of("GET", "HEAD").contains(method)) {
                    refuseMethod(exchange, "GET, HEAD");
                }
                String id = path.substring("/orders/".length());
                Order order = journal.find(id)
                        .orElseThrow(() -> Problem.of(404, "Not found", "There is no order with this id."));
                send(exchange, 200, "application/json", order);
            }
        }
    }

    private void place(HttpExchange exchange) throws IOException {
        OrderRequest request = OrderRequest.from(body(exchange));
        Order order = journal.place(request, exchange.getRequestHeaders().getFirst("Idempotency-Key"));
        log(exchange, "order " + order.id() + " placed");
        exchange.getResponseHeaders().set("Location", "/orders/" + order.id());
        send(exchange, 201, "application/json", order);
    }

    private JsonElement body(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            throw Problem.of(413, "Too large", "An order has at most " + MAX_BODY + " bytes.");
        }
        try {
            return gson.fromJson(new String(body, UTF_8), JsonElement.class);
        } catch (JsonParseException e) {
            throw Problem.of(400, "Not JSON", "The body could not be read as JSON.");
        }
    }

    private static void refuseMethod(HttpExchange exchange, String allowed) {
        exchange.getResponseHeaders().set("Allow", allowed);
        throw Problem.of(405, "Method not allowed", "Here only " + allowed + " are understood.");
    }

    private void send(HttpExchange exchange, int status, String type, Object value) throws IOException {
        byte[] body = gson.toJson(value).getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** The gateway puts the call's trace into the traceparent header; with its id in the log, log and trace meet. */
    private void log(HttpExchange exchange, String message) {
        String traceparent = exchange.getRequestHeaders().getFirst("traceparent");
        String trace = traceparent != null && traceparent.length() >= 35 ? traceparent.substring(3, 35) : "";
        System.out.println(gson.toJson(new LogLine(message, trace)));
    }
}
