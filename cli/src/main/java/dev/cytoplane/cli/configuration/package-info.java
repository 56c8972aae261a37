/** Settings and secrets of a component in an environment. */
@NullMarked
package dev.cytoplane.cli.configuration;

import org.jspecify.annotations.NullMarked;
