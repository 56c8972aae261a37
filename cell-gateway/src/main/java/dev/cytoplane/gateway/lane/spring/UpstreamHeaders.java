package dev.cytoplane.gateway.lane.spring;

import dev.cytoplane.gateway.policy.HeaderPolicy;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * The headers that go on, in one pass: first those of this hop (and what the caller named in Connection) and those
 * nobody may bring along are left out, then the gateway's own are set. In that order, or a caller could name one of
 * the gateway's headers in Connection and have it removed.
 */
final class UpstreamHeaders implements HttpHeadersFilter {

    @Override
    public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
        HttpHeaders output = passed(input);
        Passage.of(exchange).headers().set().forEach(output::set);
        return output;
    }

    static HttpHeaders passed(HttpHeaders input) {
        Set<String> named = named(input);
        HttpHeaders output = new HttpHeaders();
        input.forEach((name, values) -> {
            if (!HeaderPolicy.isHopByHop(name)
                    && !HeaderPolicy.isStripped(name)
                    && (named.isEmpty() || !named.contains(name.toLowerCase(Locale.ROOT)))) {
                output.addAll(name, values);
            }
        });
        return output;
    }

    private static Set<String> named(HttpHeaders input) {
        List<String> values = input.getOrEmpty(HttpHeaders.CONNECTION);
        if (values.isEmpty()) {
            return Set.of();
        }
        Set<String> named = new HashSet<>();
        for (String value : values) {
            for (String name : value.split(",", -1)) {
                named.add(name.trim().toLowerCase(Locale.ROOT));
            }
        }
        return named;
    }

    @Override
    public boolean supports(Type type) {
        return type == Type.REQUEST;
    }
}
