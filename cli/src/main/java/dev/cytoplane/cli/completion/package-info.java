/** Completion for shells. */
@NullMarked
package dev.cytoplane.cli.completion;

import org.jspecify.annotations.NullMarked;
