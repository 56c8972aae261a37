/** Reads a component's {@code cytoplane.yaml}: strictly, so that a mistyped word is told and not ignored. */
@NullMarked
package dev.cytoplane.controlplane.build.descriptor;

import org.jspecify.annotations.NullMarked;
