package dev.cytoplane.endtoend.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** As much of a browser as a person needs to sign in: cookies, redirects, and filling in a form. */
final class Browser {

    private static final Pattern FORM = Pattern.compile("(?s)<form[^>]*action=\"([^\"]*)\"[^>]*>(.*?)</form>");
    private static final Pattern INPUT = Pattern.compile("<(?:input|button)([^>]*)>");

    private static final int MAX_REDIRECTS = 10;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    private final Map<String, String> cookies = new LinkedHashMap<>();
    private URI address = URI.create("about:blank");
    private String page = "";

    Browser open(String url) {
        return show(HttpRequest.newBuilder(URI.create(url)).build());
    }

    String page() {
        return page;
    }

    /** Sends the page's first form with what it holds already and these values. */
    Browser submit(Map<String, String> values) {
        Matcher form = FORM.matcher(page);
        if (!form.find()) {
            throw new AssertionError("No form on " + address + "\n" + page);
        }
        var fields = new LinkedHashMap<String, String>();
        Matcher inputs = INPUT.matcher(form.group(2));
        while (inputs.find()) {
            String name = attribute(inputs.group(1), "name");
            // A form says "no" with a button too; only what is asked for is pressed.
            if (!name.isEmpty() && attribute(inputs.group(1), "type").equals("hidden")) {
                fields.put(name, attribute(inputs.group(1), "value"));
            }
        }
        fields.putAll(values);
        String body = fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return show(HttpRequest.newBuilder(address.resolve(form.group(1).replace("&amp;", "&")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String attribute(String tag, String name) {
        Matcher value = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(tag);
        return value.find() ? value.group(1).replace("&amp;", "&") : "";
    }

    private Browser show(HttpRequest first) {
        HttpRequest request = first;
        for (int redirects = 0; redirects < MAX_REDIRECTS; redirects++) {
            HttpResponse<String> response = send(request);
            address = response.uri();
            page = response.body();
            if (response.statusCode() / 100 != 3) {
                return this;
            }
            URI next = address.resolve(response.headers().firstValue("Location").orElseThrow());
            request = HttpRequest.newBuilder(next).build();
        }
        throw new AssertionError("Too many redirects, the last to " + address);
    }

    /** Cookies marked Secure go to localhost too, as browsers have it; Java's own cookie handler keeps them back. */
    private HttpResponse<String> send(HttpRequest request) {
        String header = cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        try {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(request, (_, _) -> true)
                            .setHeader("Cookie", header)
                            .build(),
                    BodyHandlers.ofString());
            for (String line : response.headers().allValues("Set-Cookie")) {
                for (HttpCookie cookie : HttpCookie.parse(line)) {
                    if (cookie.getMaxAge() == 0) {
                        cookies.remove(cookie.getName());
                    } else {
                        cookies.put(cookie.getName(), cookie.getValue());
                    }
                }
            }
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
