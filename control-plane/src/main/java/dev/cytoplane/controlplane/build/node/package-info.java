/** Builds what runs on Node.js, or is built by npm into files to serve. */
@NullMarked
package dev.cytoplane.controlplane.build.node;

import org.jspecify.annotations.NullMarked;
