package dev.cytoplane.gateway.upstream;

import dev.cytoplane.gateway.policy.Problem;
import dev.cytoplane.gateway.policy.Problems;
import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.PrematureCloseException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

/** What a failed attempt at an upstream means for the request. */
public final class Failures {
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS");

    private Failures() {}

    /** No byte of the request left: any request may go to another target. */
    public static boolean neverSent(Throwable failure) {
        return failure instanceof ConnectException
                || failure instanceof ConnectTimeoutException
                || failure instanceof NoRouteToHostException;
    }

    /**
     * The connection broke before an answer began, which happens when an upstream closes an idle connection at the
     * moment it is used again. A request without a body that changes nothing may be sent once more.
     */
    public static boolean mayRepeat(Throwable failure, String method, boolean hasBody) {
        return !hasBody
                && IDEMPOTENT.contains(method)
                && (failure instanceof PrematureCloseException
                        || failure instanceof SocketException
                        || (failure instanceof IOException && !(failure instanceof SSLException)));
    }

    /** The answer for the caller. */
    public static Problem problem(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = next(cause)) {
            switch (cause) {
                case ConnectTimeoutException _ -> {
                    return Problems.noInstance("It does not accept connections.");
                }
                case ConnectException _ -> {
                    return Problems.noInstance("It does not accept connections.");
                }
                case NoRouteToHostException _ -> {
                    return Problems.noInstance("It cannot be reached.");
                }
                case PoolAcquireTimeoutException _ -> {
                    return Problems.noInstance("It has too many open requests.");
                }
                case UnknownHostException _ -> {
                    return Problems.upstreamBroke("Its host name cannot be resolved.");
                }
                case SSLException _ -> {
                    return Problems.upstreamBroke("It could not prove its identity.");
                }
                case TimeoutException _ -> {
                    return Problems.upstreamSlow("It took too long to begin its answer.");
                }
                default -> {}
            }
        }
        return Problems.upstreamBroke("The connection ended before the answer did.");
    }

    private static @Nullable Throwable next(Throwable cause) {
        return cause.getCause() == cause ? null : cause.getCause();
    }
}
