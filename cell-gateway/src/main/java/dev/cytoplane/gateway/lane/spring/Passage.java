package dev.cytoplane.gateway.lane.spring;

import dev.cytoplane.gateway.lane.Outcome;
import dev.cytoplane.gateway.policy.HeaderChanges;
import org.springframework.web.server.ServerWebExchange;

/** An admitted request on its way, and what the tracing adds to it. */
record Passage(SpringRequestView view, Outcome.Admitted admitted, HeaderChanges headers) {
    private static final String ATTRIBUTE = Passage.class.getName();

    void attachTo(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    static Passage of(ServerWebExchange exchange) {
        Passage passage = exchange.getAttribute(ATTRIBUTE);
        if (passage == null) {
            throw new IllegalStateException("A request passed without the gate's word");
        }
        return passage;
    }
}
