/** Builds a site that is served as it lies in the source. */
@NullMarked
package dev.cytoplane.builder.site;

import org.jspecify.annotations.NullMarked;
