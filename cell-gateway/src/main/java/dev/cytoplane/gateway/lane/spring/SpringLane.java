package dev.cytoplane.gateway.lane.spring;

import dev.cytoplane.gateway.lane.Entrance;
import dev.cytoplane.gateway.lane.Lane;
import dev.cytoplane.gateway.policy.Problem;
import dev.cytoplane.gateway.policy.Problems;
import dev.cytoplane.gateway.route.Authority;
import dev.cytoplane.gateway.route.BadTarget;
import dev.cytoplane.gateway.route.Direction;
import dev.cytoplane.gateway.route.RequestTarget;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Hands requests to Spring's handler, with their view. What cannot be viewed without doubt is refused here. */
public final class SpringLane implements Lane {
    private final HttpHandler handler;
    private final Clock clock;

    public SpringLane(HttpHandler handler, Clock clock) {
        this.handler = handler;
        this.clock = clock;
    }

    @Override
    public Publisher<Void> serve(Entrance entrance, HttpServerRequest request, HttpServerResponse response) {
        RequestTarget target;
        try {
            target = RequestTarget.parse(request.uri());
        } catch (BadTarget e) {
            return refuse(response, e.reason());
        }
        String host = host(request.requestHeaders(), target);
        if (host == null && entrance.direction() == Direction.PUBLIC) {
            return refuse(response, "The request needs exactly one Host header with a host name.");
        }
        Channel channel = ((Connection) request).channel();
        String peer = PeerCertificate.of(channel).idAt(clock.instant());
        String remote = address(request.remoteAddress());
        String known = host == null ? "" : host;
        return new ReactorHttpHandlerAdapter((springRequest, springResponse) -> {
                    SpringRequestView view = new SpringRequestView(
                            entrance,
                            target,
                            known,
                            remote,
                            peer,
                            request.method().name(),
                            springRequest.getHeaders());
                    return handler.handle(view.attachedTo(springRequest), springResponse);
                })
                .apply(request, response);
    }

    private static @Nullable String host(HttpHeaders headers, RequestTarget target) {
        List<String> hosts = headers.getAll("Host");
        if (hosts.size() != 1) {
            return null;
        }
        String named = target.authority();
        if (named != null && !named.equalsIgnoreCase(hosts.getFirst())) {
            return null;
        }
        return Authority.host(hosts.getFirst());
    }

    private static String address(@Nullable InetSocketAddress remote) {
        return remote == null || remote.getAddress() == null
                ? "unknown"
                : remote.getAddress().getHostAddress();
    }

    private static Publisher<Void> refuse(HttpServerResponse response, String reason) {
        Problem problem = Problems.badRequest(reason);
        byte[] body = problem.body();
        return response.status(problem.status())
                .header("Content-Type", Problem.MEDIA_TYPE)
                .header("Content-Length", String.valueOf(body.length))
                .keepAlive(false)
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)));
    }
}
