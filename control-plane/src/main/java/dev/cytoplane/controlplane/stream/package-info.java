/** Server-sent events of everything that changes while somebody looks: one loop, whatever is looked at. */
@NullMarked
package dev.cytoplane.controlplane.stream;

import org.jspecify.annotations.NullMarked;
