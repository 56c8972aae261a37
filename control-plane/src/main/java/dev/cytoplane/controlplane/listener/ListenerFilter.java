package dev.cytoplane.controlplane.listener;

import dev.cytoplane.controlplane.problem.Problem;
import dev.cytoplane.controlplane.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/** Before everything else: a listener serves its own paths only, and no body is larger than what is served there takes. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class ListenerFilter extends OncePerRequestFilter {

    private final Listeners listeners;
    private final ListenerSettings.Limits limits;
    private final ProblemWriter writer;

    ListenerFilter(Listeners listeners, ListenerSettings settings, ProblemWriter writer) {
        this.listeners = listeners;
        this.limits = settings.limits();
        this.writer = writer;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Listener listener = listeners.of(request.getLocalPort());
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        if (!listener.serves(path)) {
            writer.write(response, Problem.of(HttpStatus.NOT_FOUND, "not-found", "There is nothing here."));
            return;
        }
        long limit = limit(listener, path, request.getMethod());
        if (request.getContentLengthLong() > limit) {
            writer.write(response, LimitedBody.tooLarge(limit));
            return;
        }
        chain.doFilter(new LimitedBody(request, limit), response);
    }

    private long limit(Listener listener, String path, String method) {
        DataSize limit = limits.body();
        if (listener == Listener.WEBHOOK) {
            limit = limits.webhook();
        } else if (path.startsWith("/git/")) {
            limit = limits.push();
        } else if (path.endsWith("/uploads") && method.equals("POST")) {
            limit = limits.upload();
        } else if (listener == Listener.LINK && !path.endsWith("/enrolments") && !path.endsWith("/introductions")) {
            // A known data plane; a log stream has no end.
            return Long.MAX_VALUE;
        }
        return limit.toBytes();
    }
}
