package dev.cytoplane.gateway.policy;

import dev.cytoplane.gateway.snapshot.Admission;
import dev.cytoplane.gateway.snapshot.Destination;
import dev.cytoplane.gateway.snapshot.Route;
import dev.cytoplane.gateway.snapshot.Snapshot.Match;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a component reads about its caller was written by its gateway. Headers that claim an identity, or a forwarding
 * history, are taken out on every way and set anew where they are known. Nothing of them leaves to third parties.
 */
public final class HeaderPolicy implements Policy {
    /** The SPIFFE id of the calling cell. */
    public static final String CALLER = "X-Cytoplane-Caller";
    /** The calling component, for calls inside a cell. */
    public static final String CALLER_COMPONENT = "X-Cytoplane-Caller-Component";
    /** The subject of the verified token. */
    public static final String SUBJECT = "X-Cytoplane-Subject";

    private static final String OURS = "x-cytoplane-";
    private static final String FORWARDED = "x-forwarded-";
    private static final Set<String> HISTORY = Set.of("forwarded", "x-real-ip", "x-original-url", "x-rewrite-url");

    /** RFC 9110, section 7.6.1, and headers that only concern this hop. */
    private static final Set<String> THIS_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings",
            "x-http2-scheme",
            "x-http2-stream-id",
            "x-http2-path",
            "x-http2-stream-weight",
            "x-http2-stream-dependency-id",
            "expect",
            "host");

    /**
     * Whether a header of the caller must not go on. Underscores count as hyphens, because many servers (CGI, WSGI)
     * cannot tell them apart.
     */
    public static boolean isStripped(String name) {
        String lower = name.toLowerCase(Locale.ROOT).replace('_', '-');
        return lower.startsWith(OURS) || lower.startsWith(FORWARDED) || HISTORY.contains(lower);
    }

    /** Whether a header concerns this connection only. */
    public static boolean isHopByHop(String name) {
        return THIS_HOP.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public Decision decide(RequestView request, Match match) {
        Route route = match.route();
        if (route.destination() instanceof Destination.External
                || route.destination() instanceof Destination.OtherCell) {
            return Decision.CONTINUE;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        if (route.admission() instanceof Admission.Holder holder) {
            headers.put(CALLER, match.cell().identity().spiffeId());
            headers.put(CALLER_COMPONENT, holder.component());
            return new Decision.Continue(new HeaderChanges(headers));
        }
        String peer = request.peer();
        if (peer != null) {
            headers.put(CALLER, peer);
        }
        String host = request.header("Host");
        headers.put("X-Forwarded-For", request.remoteAddress());
        headers.put("X-Forwarded-Proto", request.scheme());
        headers.put("X-Forwarded-Host", host == null ? request.host() : host);
        if (match.depth() > 0) {
            headers.put("X-Forwarded-Prefix", route.template());
        }
        return new Decision.Continue(new HeaderChanges(headers));
    }
}
