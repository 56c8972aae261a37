/** What goes through the gateways: from counts that only grow to figures of the last half minute. */
@NullMarked
package dev.cytoplane.dataplane.traffic;

import org.jspecify.annotations.NullMarked;
