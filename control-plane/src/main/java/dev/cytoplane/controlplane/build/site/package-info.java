/** Builds a site that is served as it lies in the source. */
@NullMarked
package dev.cytoplane.controlplane.build.site;

import org.jspecify.annotations.NullMarked;
