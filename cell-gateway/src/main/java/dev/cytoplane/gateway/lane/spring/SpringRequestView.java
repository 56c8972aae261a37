package dev.cytoplane.gateway.lane.spring;

import dev.cytoplane.gateway.lane.Entrance;
import dev.cytoplane.gateway.policy.RequestView;
import dev.cytoplane.gateway.route.Direction;
import dev.cytoplane.gateway.route.RequestTarget;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/** The view of a request in this lane. */
record SpringRequestView(
        Entrance entrance,
        RequestTarget target,
        String host,
        String remoteAddress,
        @Nullable String peer,
        String method,
        HttpHeaders headers)
        implements RequestView {

    /** A request that carries its view. */
    private static final class Viewed extends ServerHttpRequestDecorator {
        private final SpringRequestView view;

        Viewed(ServerHttpRequest delegate, SpringRequestView view) {
            super(delegate);
            this.view = view;
        }
    }

    ServerHttpRequest attachedTo(ServerHttpRequest request) {
        return new Viewed(request, this);
    }

    static SpringRequestView of(ServerHttpRequest request) {
        if (request instanceof Viewed viewed) {
            return viewed.view;
        }
        throw new IllegalStateException("A request did not come through the lane's entrance");
    }

    @Override
    public Direction direction() {
        return entrance.direction();
    }

    @Override
    public @Nullable String cell() {
        return entrance.cell();
    }

    @Override
    public String scheme() {
        return entrance.scheme();
    }

    @Override
    public @Nullable String header(String name) {
        return headers.getFirst(name);
    }

    @Override
    public List<String> headers(String name) {
        return headers.getOrEmpty(name);
    }

    @Override
    public int headerCount() {
        return headers.size();
    }
}
