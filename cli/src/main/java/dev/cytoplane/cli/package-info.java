/** The root of {@code cyto}: its global options, its exit codes, and the place where other modules add commands. */
@NullMarked
package dev.cytoplane.cli;

import org.jspecify.annotations.NullMarked;
