/** What the gateway's tests stand on: certificates, upstreams, callers. */
@NullMarked
package dev.cytoplane.gateway.testing;

import org.jspecify.annotations.NullMarked;
