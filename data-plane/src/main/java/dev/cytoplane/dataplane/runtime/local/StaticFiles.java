package dev.cytoplane.dataplane.runtime.local;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers GET and HEAD with files (RFC 9110): validators and 304, and an
 * application's start page for paths that only its own router knows. Folders are not listed, files that start with a dot
 * are not served, and no path leads out of the site.
 */
final class StaticFiles implements HttpHandler {

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    /** app.3f2a9c1b.js, index-BxY3k9Qz.css: the name changes with the content. */
    private static final Pattern FINGERPRINTED = Pattern.compile(".*[.-](?=[^.]*\\d)[A-Za-z0-9_-]{8,}\\.[a-z0-9]+");

    private static final String START_PAGE = "index.html";

    private final Path site;

    StaticFiles(Path site) throws IOException {
        this.site = site.toRealPath();
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().close();
            String method = exchange.getRequestMethod();
            if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                refuse(exchange, 405, "Only GET and HEAD are answered here");
                return;
            }
            String path = exchange.getRequestURI().getPath();
            Path file = path == null ? null : find(path);
            if (file == null && isNavigation(exchange, path)) {
                file = regular(site.resolve(START_PAGE));
            }
            if (file == null) {
                refuse(exchange, 404, "There is no such file");
                return;
            }
            send(exchange, file);
        }
    }

    private @Nullable Path find(String path) throws IOException {
        Path relative;
        try {
            relative = Path.of(path.substring(1)).normalize();
        } catch (InvalidPathException | StringIndexOutOfBoundsException e) {
            return null;
        }
        for (Path name : relative) {
            if (name.toString().startsWith(".")) {
                return null;
            }
        }
        Path file = site.resolve(relative);
        return Files.isDirectory(file) ? regular(file.resolve(START_PAGE)) : regular(file);
    }

    /** The file with links resolved, if it is one and lies in the site. */
    private @Nullable Path regular(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return null;
        }
        Path real = file.toRealPath();
        return real.startsWith(site) && Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS) ? real : null;
    }

    /** A person who opens a path of the application's router; a missing script or picture stays missing. */
    private static boolean isNavigation(HttpExchange exchange, @Nullable String path) {
        if (path == null || path.contains("/.")) {
            return false;
        }
        String accept = exchange.getRequestHeaders().getFirst("Accept");
        String last = path.substring(path.lastIndexOf('/') + 1);
        return accept != null && accept.contains("text/html") && !last.contains(".");
    }

    private static void send(HttpExchange exchange, Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        Instant modified = attributes.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.SECONDS);
        String tag =
                '"' + Long.toHexString(modified.getEpochSecond()) + "-" + Long.toHexString(attributes.size()) + '"';
        Headers headers = exchange.getResponseHeaders();
        headers.set("ETag", tag);
        headers.set("Last-Modified", HTTP_DATE.format(modified));
        headers.set(
                "Cache-Control",
                FINGERPRINTED.matcher(file.getFileName().toString()).matches()
                        ? "public, max-age=31536000, immutable"
                        : "no-cache");
        headers.set("X-Content-Type-Options", "nosniff");
        if (unchanged(exchange.getRequestHeaders(), tag, modified)) {
            exchange.sendResponseHeaders(304, -1);
            return;
        }
        headers.set("Content-Type", MediaTypes.of(file.getFileName().toString()));
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", Long.toString(attributes.size()));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        exchange.sendResponseHeaders(200, attributes.size() == 0 ? -1 : attributes.size());
        try (InputStream in = Files.newInputStream(file)) {
            in.transferTo(exchange.getResponseBody());
        }
    }

    private static boolean unchanged(Headers request, String tag, Instant modified) {
        String known = request.getFirst("If-None-Match");
        if (known != null) {
            return known.equals("*") || known.contains(tag);
        }
        String since = request.getFirst("If-Modified-Since");
        try {
            return since != null && !modified.isAfter(Instant.from(HTTP_DATE.parse(since)));
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static void refuse(HttpExchange exchange, int status, String sentence) throws IOException {
        byte[] body = (sentence + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }
}
