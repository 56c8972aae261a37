/** Changing things that are there: one command a noun. */
@NullMarked
package dev.cytoplane.cli.update;

import org.jspecify.annotations.NullMarked;
