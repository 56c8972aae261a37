package dev.cytoplane.gateway.lane.spring;

import dev.cytoplane.gateway.lane.Gate;
import dev.cytoplane.gateway.lane.Outcome;
import dev.cytoplane.gateway.policy.HeaderChanges;
import dev.cytoplane.gateway.policy.Problem;
import dev.cytoplane.gateway.policy.Problems;
import dev.cytoplane.gateway.signal.RequestSignal;
import dev.cytoplane.gateway.signal.Signals;
import dev.cytoplane.gateway.snapshot.InForce;
import dev.cytoplane.gateway.upstream.Failures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The first filter: asks the gate, answers rejections and failures as problems, and tells the signals. */
final class GateFilter implements GlobalFilter, Ordered {
    private static final Logger log = LoggerFactory.getLogger(GateFilter.class);

    private final Gate gate;
    private final Signals signals;

    GateFilter(Gate gate, Signals signals) {
        this.gate = gate;
        this.signals = signals;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        SpringRequestView view = SpringRequestView.of(exchange.getRequest());
        RequestSignal signal = signals.begin(view);
        InForce.Visit visit = gate.enter();
        exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(visit::answered));
        return Mono.defer(() -> decided(gate.admit(visit, view), view, signal, exchange, chain))
                .onErrorResume(failure -> answerFailure(exchange, signal, failure))
                .doFinally(_ -> {
                    visit.answered();
                    signal.end(status(exchange.getResponse()));
                });
    }

    private Mono<Void> decided(
            Outcome outcome,
            SpringRequestView view,
            RequestSignal signal,
            ServerWebExchange exchange,
            GatewayFilterChain chain) {
        return switch (outcome) {
            case Outcome.Admitted admitted -> {
                HeaderChanges trace = signal.admitted(admitted.match().route());
                new Passage(view, admitted, admitted.changes().and(trace)).attachTo(exchange);
                yield chain.filter(exchange);
            }
            case Outcome.Rejected rejected -> {
                signal.rejected(rejected.route(), rejected.problem());
                yield ProblemAnswer.write(exchange.getResponse(), rejected.problem());
            }
            case Outcome.Later(var later) ->
                Mono.fromCompletionStage(later).flatMap(known -> decided(known, view, signal, exchange, chain));
        };
    }

    private static Mono<Void> answerFailure(ServerWebExchange exchange, RequestSignal signal, Throwable failure) {
        signal.failed(failure);
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(failure);
        }
        Problem problem = failure instanceof BodyTooLarge tooLarge
                ? Problems.bodyTooLarge(tooLarge.limit())
                : Failures.problem(failure);
        if (problem.status() == 502) {
            log.warn("{} {}: {}", exchange.getRequest().getMethod(), problem.slug(), failure.toString());
        }
        return ProblemAnswer.write(exchange.getResponse(), problem);
    }

    private static int status(ServerHttpResponse response) {
        HttpStatusCode status = response.getStatusCode();
        return status == null ? 200 : status.value();
    }
}
