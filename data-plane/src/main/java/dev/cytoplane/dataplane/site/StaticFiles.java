package dev.cytoplane.dataplane.site;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers GET and HEAD with files (RFC 9110): validators and 304, one range, and an application's start page for paths
 * that only its own router knows. Folders are not listed.
 */
final class StaticFiles implements HttpHandler {

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    /** app.3f2a9c1b.js, index-BxY3k9Qz.css: the name changes with the content. */
    private static final Pattern FINGERPRINTED = Pattern.compile(".*[.-](?=[^.]*\\d)[A-Za-z0-9_-]{8,}\\.[a-z0-9]+");

    private final Site site;
    private final Validators validators;

    StaticFiles(Path folder, Validators validators) throws IOException {
        this.site = new Site(folder);
        this.validators = validators;
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
            String path =
                    Optional.ofNullable(exchange.getRequestURI().getPath()).orElse("");
            Path file = site.find(path);
            if (file != null && site.lacksSlash(path)) {
                redirectToFolder(exchange);
                return;
            }
            if (file == null && isNavigation(exchange, path)) {
                file = site.startPage();
            }
            if (file == null) {
                refuse(exchange, 404, "There is no such file");
                return;
            }
            send(exchange, file);
        }
    }

    /** A relative reference: which prefix the gateway has taken off the path is not known here. */
    private static void redirectToFolder(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        String query = exchange.getRequestURI().getRawQuery();
        exchange.getResponseHeaders()
                .set(
                        "Location",
                        "./" + path.substring(path.lastIndexOf('/') + 1) + "/" + (query == null ? "" : "?" + query));
        refuse(exchange, 308, "The folder has a slash at its end");
    }

    /** A person who opens a path of the application's router; a missing script or picture stays missing. */
    private static boolean isNavigation(HttpExchange exchange, String path) {
        String accept = exchange.getRequestHeaders().getFirst("Accept");
        String last = path.substring(path.lastIndexOf('/') + 1);
        return !path.contains("/.") && accept != null && accept.contains("text/html") && !last.contains(".");
    }

    private void send(HttpExchange exchange, Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        long size = attributes.size();
        Instant modified = validators.modified(attributes).orElse(null);
        String tag = validators.tag(attributes);
        Headers headers = exchange.getResponseHeaders();
        headers.set("ETag", tag);
        if (modified != null) {
            headers.set("Last-Modified", HTTP_DATE.format(modified));
        }
        headers.set(
                "Cache-Control",
                FINGERPRINTED.matcher(file.getFileName().toString()).matches()
                        ? "public, max-age=31536000, immutable"
                        : "no-cache");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Accept-Ranges", "bytes");
        if (unchanged(exchange.getRequestHeaders(), tag, modified)) {
            exchange.sendResponseHeaders(304, -1);
            return;
        }
        Optional<ByteRange> range = range(exchange, tag, modified, size);
        if (range.filter(asked -> !asked.isSatisfiable()).isPresent()) {
            headers.set("Content-Range", "bytes */" + size);
            refuse(exchange, 416, "The file has " + size + " bytes");
            return;
        }
        headers.set("Content-Type", MediaTypes.of(file.getFileName().toString()));
        range.ifPresent(
                asked -> headers.set("Content-Range", "bytes " + asked.first() + "-" + asked.last() + "/" + size));
        write(exchange, file, range.isPresent() ? 206 : 200, range.orElse(new ByteRange(0, size - 1)));
    }

    private static void write(HttpExchange exchange, Path file, int status, ByteRange part) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Long.toString(part.length()));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, part.length() == 0 ? -1 : part.length());
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(part.first());
            OutputStream out = exchange.getResponseBody();
            byte[] buffer = new byte[1 << 14];
            for (long left = part.length(); left > 0; ) {
                int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (count < 0) {
                    throw new IOException("The file " + file + " became shorter");
                }
                out.write(buffer, 0, count);
                left -= count;
            }
        }
    }

    private static boolean unchanged(Headers request, String tag, @Nullable Instant modified) {
        String known = request.getFirst("If-None-Match");
        if (known != null) {
            return Arrays.stream(known.split(","))
                    .map(String::strip)
                    .map(each -> each.startsWith("W/") ? each.substring(2) : each)
                    .anyMatch(each -> each.equals("*") || each.equals(tag));
        }
        String since = request.getFirst("If-Modified-Since");
        return since != null
                && modified != null
                && date(since).filter(time -> !modified.isAfter(time)).isPresent();
    }

    /** A range counts for GET, and with If-Range only while the file is the one whose part the client has. */
    private static Optional<ByteRange> range(HttpExchange exchange, String tag, @Nullable Instant modified, long size) {
        String asked = exchange.getRequestHeaders().getFirst("Range");
        String onlyIf = exchange.getRequestHeaders().getFirst("If-Range");
        boolean same = onlyIf == null
                || onlyIf.equals(tag)
                || date(onlyIf).filter(date -> date.equals(modified)).isPresent();
        return asked != null && same && exchange.getRequestMethod().equals("GET")
                ? ByteRange.parse(asked, size)
                : Optional.empty();
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(Instant.from(HTTP_DATE.parse(text)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static void refuse(HttpExchange exchange, int status, String sentence) throws IOException {
        byte[] body = (sentence + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }
}
