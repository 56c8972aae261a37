/** Tasks: running them, and what became of their runs. */
@NullMarked
package dev.cytoplane.cli.task;

import org.jspecify.annotations.NullMarked;
