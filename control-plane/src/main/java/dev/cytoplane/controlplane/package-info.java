/** The control plane: what teams own, what is built and released, and what shall run where. It never touches a cluster and proxies no traffic. */
@NullMarked
package dev.cytoplane.controlplane;

import org.jspecify.annotations.NullMarked;
