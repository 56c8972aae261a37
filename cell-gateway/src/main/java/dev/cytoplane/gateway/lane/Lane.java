package dev.cytoplane.gateway.lane;

import org.reactivestreams.Publisher;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Carries requests from a listener to their upstream and back. What a lane may carry and what it adds is the
 * {@link Gate}'s word alone. A leaner lane can sit in front of this one in the same listener (before reactor-netty's
 * HTTP handlers), take what it fully understands, ask the same gate through its own {@code RequestView}, and leave
 * the rest to this interface.
 */
public interface Lane {
    Publisher<Void> serve(Entrance entrance, HttpServerRequest request, HttpServerResponse response);
}
