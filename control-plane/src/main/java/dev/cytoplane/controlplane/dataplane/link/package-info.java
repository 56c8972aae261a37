/** The control plane's end of the watch link. Who calls is known by its certificate alone. */
@NullMarked
package dev.cytoplane.controlplane.dataplane.link;

import org.jspecify.annotations.NullMarked;
