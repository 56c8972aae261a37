/** From a push to a live release, along the pipeline, and back. */
@NullMarked
package dev.cytoplane.endtoend.delivery;

import org.jspecify.annotations.NullMarked;
