package dev.cytoplane.gateway.lane.spring;

import dev.cytoplane.gateway.policy.Problem;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/** Writes an answer of the gateway itself. */
final class ProblemAnswer {
    private ProblemAnswer() {}

    static Mono<Void> write(ServerHttpResponse response, Problem problem) {
        byte[] body = problem.body();
        HttpHeaders headers = response.getHeaders();
        headers.clear();
        headers.set(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        headers.setContentLength(body.length);
        problem.headers().forEach(headers::set);
        response.setStatusCode(HttpStatusCode.valueOf(problem.status()));
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }
}
