/** What the gateway tells about its requests: spans, durations, counters, access log. */
@NullMarked
package dev.cytoplane.gateway.signal;

import org.jspecify.annotations.NullMarked;
