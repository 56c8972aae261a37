package echo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;

/** What the end-to-end tests deploy: it tells what it received, and calls where it is told to. */
public final class Echo {

    /** Replaced by the tests, so that each release answers differently. */
    private static final String VERSION = "@VERSION@";

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private Echo() {}

    public static void main(String[] arguments) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer server = HttpServer.create(
                new InetSocketAddress(
                        System.getenv().getOrDefault("HOST", "0.0.0.0"), Integer.parseInt(System.getenv("PORT"))),
                0);
        server.createContext("/", Echo::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(5)));
        server.start();
        System.out.println("echo " + VERSION + " is up");
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> query = query(exchange.getRequestURI());
            String text;
            int status = 200;
            try {
                text = switch (exchange.getRequestURI().getPath()) {
                    case "/version" -> VERSION;
                    case "/health" -> "up";
                    case "/request" -> request(exchange);
                    case "/environment" -> String.valueOf(System.getenv(query.get("name")));
                    case "/call" -> call(exchange, query);
                    case "/sleep" -> sleep(query);
                    case "/say" -> say(query.get("text"));
                    default -> {
                        status = 404;
                        yield "nothing here: " + exchange.getRequestURI();
                    }
                };
            } catch (Exception e) {
                status = 500;
                text = e.toString();
            }
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String request(HttpExchange exchange) {
        var text = new StringBuilder();
        text.append(exchange.getRequestMethod()).append(' ').append(exchange.getRequestURI()).append('\n');
        exchange.getRequestHeaders().forEach((name, values) ->
                values.forEach(value -> text.append(name).append(": ").append(value).append('\n')));
        return text.toString();
    }

    /** Calls the URL in a variable (with a path behind it) or a given URL; answers with status and body. */
    private static String call(HttpExchange exchange, Map<String, String> query) throws Exception {
        String base = query.containsKey("variable") ? System.getenv(query.get("variable")) : query.get("url");
        String url = base.replaceAll("/$", "") + query.getOrDefault("path", "");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10));
        String trace = exchange.getRequestHeaders().getFirst("traceparent");
        if (trace != null) {
            request.header("traceparent", trace);
        }
        var response = CLIENT.send(request.build(), BodyHandlers.ofString());
        return response.statusCode() + "\n" + response.body();
    }

    private static String say(String text) {
        System.out.println(text);
        return text;
    }

    private static String sleep(Map<String, String> query) throws InterruptedException {
        Thread.sleep(Long.parseLong(query.get("millis")));
        return "slept";
    }

    private static Map<String, String> query(URI uri) {
        var query = new HashMap<String, String>();
        if (uri.getRawQuery() != null) {
            for (String pair : uri.getRawQuery().split("&")) {
                String[] parts = pair.split("=", 2);
                query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return query;
    }
}
