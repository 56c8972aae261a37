/** What a component does where it runs: its logs and its address. */
@NullMarked
package dev.cytoplane.cli.runtime;

import org.jspecify.annotations.NullMarked;
