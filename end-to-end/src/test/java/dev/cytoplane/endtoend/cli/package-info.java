/** The command line, as people and scripts use it. */
@NullMarked
package dev.cytoplane.endtoend.cli;

import org.jspecify.annotations.NullMarked;
