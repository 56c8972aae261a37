/** The platform's certificate authority: one root, an intermediate for each data plane, certificates for agents and the link. */
@NullMarked
package dev.cytoplane.controlplane.dataplane.authority;

import org.jspecify.annotations.NullMarked;
