package dev.cytoplane.controlplane.stream;

import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Server-sent events that a proxy has to pass on as they come. */
public final class Unbuffered extends SseEmitter {

    /** What nginx, and ingress controllers made of it, hold back until there is a buffer full of it, unless this says no. */
    public static final String HEADER = "X-Accel-Buffering";

    public static final String NO = "no";

    /** It ends when its feed or its time does: no time-out of the container's. */
    Unbuffered() {
        super(0L);
    }

    @Override
    protected void extendResponse(ServerHttpResponse response) {
        super.extendResponse(response);
        response.getHeaders().set(HEADER, NO);
    }
}
