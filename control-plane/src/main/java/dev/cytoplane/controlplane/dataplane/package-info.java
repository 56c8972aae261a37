/** Data planes: the authority that gives them identities, how they join, and the link on which they watch their cells. */
@NullMarked
package dev.cytoplane.controlplane.dataplane;

import org.jspecify.annotations.NullMarked;
