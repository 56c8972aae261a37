/** Cells beyond their lists: what changed between two of their versions. */
@NullMarked
package dev.cytoplane.cli.cell;

import org.jspecify.annotations.NullMarked;
