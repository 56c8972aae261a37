package dev.cytoplane.gateway.lane.spring;

import dev.cytoplane.gateway.lane.Gate;
import dev.cytoplane.gateway.signal.Signals;
import dev.cytoplane.gateway.upstream.Clients;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.handler.FilteringWebHandler;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.RouteMetadataUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.result.SimpleHandlerAdapter;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.reactive.socket.server.upgrade.ReactorNettyRequestUpgradeStrategy;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.WebsocketServerSpec;

/**
 * The parts of Spring Cloud Gateway that this lane uses, put together by hand. Its auto-configuration would bring route
 * definitions from properties, filters and predicates with expressions, and a second of start-up, none of which has a
 * place in a data plane.
 */
@Configuration(proxyBeanMethods = false)
public class SpringLaneConfiguration {
    private static final int MAX_FRAME = 1 << 20;

    @Bean
    SnapshotHandlerMapping snapshotHandlerMapping(
            Gate gate,
            Signals signals,
            Clients clients,
            Environment environment,
            @Value("${cytoplane.gateway.body-limit:1073741824}") long maxBody,
            @Value("${cytoplane.gateway.response-timeout:5m}") Duration responseTimeout) {
        List<HttpHeadersFilter> headers = List.of(new UpstreamHeaders(), new ResponseHeaders());
        var provider = new WebSocketFilters.Fixed<>(headers);
        var webSockets = new WebSocketFilters(new HandshakeWebSocketService(new ReactorNettyRequestUpgradeStrategy(
                () -> WebsocketServerSpec.builder().maxFramePayloadLength(MAX_FRAME))));
        var filters = new FilteringWebHandler(
                new ArrayList<>(List.of(
                        new GateFilter(gate, signals),
                        new NettyWriteResponseFilter(List.of(MediaType.TEXT_EVENT_STREAM), provider),
                        new UpstreamFilter(clients, webSockets, provider, HttpClient.create(), maxBody))),
                true);
        Route guarded = Route.async()
                .id("snapshot")
                .uri("http://snapshot")
                .predicate(_ -> true)
                .metadata(RouteMetadataUtils.RESPONSE_TIMEOUT_ATTR, responseTimeout.toMillis())
                .build();
        return new SnapshotHandlerMapping(filters, guarded, environment);
    }

    @Bean
    SimpleHandlerAdapter simpleHandlerAdapter() {
        return new SimpleHandlerAdapter();
    }

    @Bean
    DispatcherHandler dispatcherHandler() {
        return new DispatcherHandler();
    }

    @Bean
    SpringLane springLane(DispatcherHandler dispatcher, Clock clock) {
        return new SpringLane(WebHttpHandlerBuilder.webHandler(dispatcher).build(), clock);
    }
}
