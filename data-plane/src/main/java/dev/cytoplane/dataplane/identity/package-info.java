/** Who this data plane is: its keys, the certificates that the control plane signed, and the cell certificates that it signs itself, so that they rotate while the link is down. */
@NullMarked
package dev.cytoplane.dataplane.identity;

import org.jspecify.annotations.NullMarked;
