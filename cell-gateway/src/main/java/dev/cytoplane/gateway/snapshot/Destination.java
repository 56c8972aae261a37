package dev.cytoplane.gateway.snapshot;

import org.jspecify.annotations.Nullable;

/** Where a route leads. */
public sealed interface Destination {

    /** Instances of a component of this cell, over plain HTTP. */
    record Instances(String basePath, Targets targets) implements Destination {}

    /** The westbound listener of another cell, over mTLS. An address that is null is not known yet. */
    record OtherCell(String cell, @Nullable String address, String identity, String serverName, String basePath)
            implements Destination {}

    /** A third party. Its certificate is checked against the system's trust store and its host name. */
    record External(String scheme, String authority, String basePath) implements Destination {}

    /** The path that takes the place of the route's prefix. */
    String basePath();
}
