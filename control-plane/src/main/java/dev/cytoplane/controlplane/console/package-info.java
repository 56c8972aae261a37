/** Serves the web console's files at {@code /}, with the headers that keep a browser from doing anything else with them. */
@NullMarked
package dev.cytoplane.controlplane.console;

import org.jspecify.annotations.NullMarked;
