package dev.cytoplane.gateway.lane.spring;

import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.WebsocketRoutingFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.socket.client.ReactorNettyWebSocketClient;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.WebsocketClientSpec;

/** Spring Cloud Gateway's WebSocket filter, built for the client of the call. */
final class WebSocketFilters {
    private static final int MAX_FRAME = 1 << 20;

    private final WebSocketService service;

    WebSocketFilters(WebSocketService service) {
        this.service = service;
    }

    static boolean isUpgrade(ServerHttpRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeaders().getUpgrade());
    }

    Mono<Void> forward(ServerWebExchange exchange, GatewayFilterChain chain, HttpClient client) {
        return new WebsocketRoutingFilter(
                        new ReactorNettyWebSocketClient(
                                client, () -> WebsocketClientSpec.builder().maxFramePayloadLength(MAX_FRAME)),
                        service,
                        headers())
                .filter(exchange, chain);
    }

    /** The filter appends to the list that it is given, so each gets its own. */
    private static ObjectProvider<List<HttpHeadersFilter>> headers() {
        return new Fixed<>(new ArrayList<>(List.of(new UpstreamHeaders())));
    }

    /** A provider of one object. */
    record Fixed<T>(T object) implements ObjectProvider<T> {
        @Override
        public T getObject() {
            return object;
        }
    }
}
