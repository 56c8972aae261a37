/** The order in which a release may move through environments. */
@NullMarked
package dev.cytoplane.controlplane.pipeline;

import org.jspecify.annotations.NullMarked;
