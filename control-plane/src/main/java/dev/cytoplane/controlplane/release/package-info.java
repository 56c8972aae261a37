/** Immutable snapshots of a component: an artifact with its resolved descriptor, named by their content. */
@NullMarked
package dev.cytoplane.controlplane.release;

import org.jspecify.annotations.NullMarked;
