/** How requests are carried. A lane depends on snapshot and policy, never the other way; a second, leaner lane goes beside {@code lane.spring}. */
@NullMarked
package dev.cytoplane.gateway.lane;

import org.jspecify.annotations.NullMarked;
