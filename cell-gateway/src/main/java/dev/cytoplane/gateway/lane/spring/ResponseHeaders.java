package dev.cytoplane.gateway.lane.spring;

import dev.cytoplane.gateway.policy.HeaderPolicy;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/** Leaves out what concerns the connection to the upstream only. */
final class ResponseHeaders implements HttpHeadersFilter {

    @Override
    public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
        HttpHeaders output = new HttpHeaders();
        input.forEach((name, values) -> {
            if (!HeaderPolicy.isHopByHop(name)) {
                output.addAll(name, values);
            }
        });
        return output;
    }

    @Override
    public boolean supports(Type type) {
        return type == Type.RESPONSE;
    }
}
