/** Builds what runs on Node.js, or is built by npm into files to serve. */
@NullMarked
package dev.cytoplane.builder.node;

import org.jspecify.annotations.NullMarked;
