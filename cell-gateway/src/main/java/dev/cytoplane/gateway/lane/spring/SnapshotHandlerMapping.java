package dev.cytoplane.gateway.lane.spring;

import org.springframework.cloud.gateway.config.GlobalCorsProperties;
import org.springframework.cloud.gateway.handler.FilteringWebHandler;
import org.springframework.cloud.gateway.handler.RoutePredicateHandlerMapping;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.core.env.Environment;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * In place of Spring Cloud Gateway's search through route predicates: everything takes the one route whose filter
 * asks the gate. No route is ever read from properties, and no expression is evaluated.
 */
final class SnapshotHandlerMapping extends RoutePredicateHandlerMapping {
    private final Mono<Route> guarded;

    SnapshotHandlerMapping(FilteringWebHandler filters, Route guarded, Environment environment) {
        super(filters, Flux::empty, new GlobalCorsProperties(), environment);
        this.guarded = Mono.just(guarded);
    }

    @Override
    protected Mono<Route> lookupRoute(ServerWebExchange exchange) {
        return guarded;
    }
}
