/** Making things: one command a noun. */
@NullMarked
package dev.cytoplane.cli.create;

import org.jspecify.annotations.NullMarked;
