/** Runs the programs of a build: no shell, a cleaned environment, limits, and no process left behind. */
@NullMarked
package dev.cytoplane.builder.process;

import org.jspecify.annotations.NullMarked;
