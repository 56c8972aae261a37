package dev.cytoplane.gateway.lane.spring;

import dev.cytoplane.gateway.policy.Problem;
import dev.cytoplane.gateway.policy.Problems;
import dev.cytoplane.gateway.snapshot.CellRoutes;
import dev.cytoplane.gateway.snapshot.Destination;
import dev.cytoplane.gateway.snapshot.Targets;
import dev.cytoplane.gateway.upstream.Clients;
import dev.cytoplane.gateway.upstream.Failures;
import java.net.URI;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * Sends a request on: chooses the target in turn, and another one when a target does not accept the connection. The
 * client is that of the calling cell, with its certificate where the call goes to another cell.
 */
final class UpstreamFilter extends NettyRoutingFilter {
    private final Clients clients;
    private final WebSocketFilters webSockets;
    private final long maxBody;

    UpstreamFilter(
            Clients clients,
            WebSocketFilters webSockets,
            ObjectProvider<java.util.List<HttpHeadersFilter>> headers,
            HttpClient unused,
            long maxBody) {
        super(unused, headers, new HttpClientProperties());
        this.clients = clients;
        this.webSockets = webSockets;
        this.maxBody = maxBody;
    }

    @Override
    protected HttpClient getHttpClient(Route route, ServerWebExchange exchange) {
        Passage passage = Passage.of(exchange);
        CellRoutes cell = passage.admitted().match().cell();
        Destination destination = passage.admitted().match().route().destination();
        return clients.towards(destination, cell);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        Passage passage = Passage.of(exchange);
        String path = passage.admitted().path();
        return switch (passage.admitted().match().route().destination()) {
            case Destination.Instances instances
            when instances.targets().size() == 0 ->
                answer(exchange, Problems.noInstance("None of its instances is ready."));
            case Destination.Instances instances ->
                attempt(
                        exchange,
                        chain,
                        path,
                        instances.targets(),
                        instances.targets().nextTurn(),
                        0);
            case Destination.OtherCell other
            when other.address() == null ->
                answer(exchange, Problems.noInstance("Cell " + other.cell() + " is not running anywhere yet."));
            case Destination.OtherCell other -> send(exchange, chain, "https://" + other.address() + path, passage);
            case Destination.External external ->
                send(exchange, chain, external.scheme() + "://" + external.authority() + path, passage);
        };
    }

    private Mono<Void> attempt(
            ServerWebExchange exchange, GatewayFilterChain chain, String path, Targets targets, int turn, int tried) {
        Passage passage = Passage.of(exchange);
        return send(exchange, chain, "http://" + targets.at(turn, tried) + path, passage)
                .onErrorResume(
                        failure -> tried + 1 < targets.size()
                                && !exchange.getResponse().isCommitted()
                                && Failures.neverSent(failure),
                        _ -> attempt(again(exchange), chain, path, targets, turn, tried + 1));
    }

    private Mono<Void> send(ServerWebExchange exchange, GatewayFilterChain chain, String url, Passage passage) {
        exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, URI.create(url));
        if (WebSocketFilters.isUpgrade(exchange.getRequest())) {
            return webSockets.forward(exchange, chain, getHttpClient(route(exchange), exchange));
        }
        ServerHttpRequest request = exchange.getRequest();
        boolean hasBody = hasBody(request);
        ServerWebExchange bounded = hasBody && request.getHeaders().getContentLength() < 0
                ? exchange.mutate()
                        .request(new BoundedRequest(request, maxBody))
                        .build()
                : exchange;
        return super.filter(bounded, chain)
                .onErrorResume(
                        failure -> !exchange.getResponse().isCommitted()
                                && exchange.getAttribute(REPEATED) == null
                                && Failures.mayRepeat(failure, passage.view().method(), hasBody),
                        _ -> {
                            exchange.getAttributes().put(REPEATED, true);
                            return super.filter(again(exchange), chain);
                        })
                .doOnSuccess(_ -> OwnConnection.guard(exchange));
    }

    private static final String REPEATED = UpstreamFilter.class.getName() + ".repeated";

    private static Route route(ServerWebExchange exchange) {
        return exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
    }

    private static ServerWebExchange again(ServerWebExchange exchange) {
        exchange.getAttributes().remove(ServerWebExchangeUtils.GATEWAY_ALREADY_ROUTED_ATTR);
        return exchange;
    }

    private static boolean hasBody(ServerHttpRequest request) {
        return request.getHeaders().getContentLength() > 0
                || request.getHeaders().containsHeader("Transfer-Encoding")
                || !("GET".equals(request.getMethod().name())
                        || "HEAD".equals(request.getMethod().name())
                        || "OPTIONS".equals(request.getMethod().name()));
    }

    private static Mono<Void> answer(ServerWebExchange exchange, Problem problem) {
        return ProblemAnswer.write(exchange.getResponse(), problem);
    }
}
