/** Who calls, and what they may do: tokens, role bindings, and the one way from a name in a path to an owner that was checked. */
@NullMarked
package dev.cytoplane.controlplane.access;

import org.jspecify.annotations.NullMarked;
