/** Environments, and the Git repositories that they are delivered from. */
@NullMarked
package dev.cytoplane.cli.environment;

import org.jspecify.annotations.NullMarked;
