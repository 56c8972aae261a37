package dev.cytoplane.gateway.policy;

import dev.cytoplane.gateway.route.Direction;
import dev.cytoplane.gateway.route.RequestTarget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What policies may know of a request. Each lane has its own; nothing here copies or allocates more than it says. */
public interface RequestView {
    Direction direction();

    /** The cell whose listener took the request; null on the shared entry, where the host name decides. */
    @Nullable
    String cell();

    String method();

    RequestTarget target();

    /** The host name asked for, in lower case and without a port. */
    String host();

    /** {@code http} or {@code https}, as the caller used it. */
    String scheme();

    /** The caller's address, without its port. */
    String remoteAddress();

    /** The caller's SPIFFE id from its client certificate; null when it showed none. */
    @Nullable
    String peer();

    /** The first value of a header. */
    @Nullable
    String header(String name);

    List<String> headers(String name);

    int headerCount();
}
