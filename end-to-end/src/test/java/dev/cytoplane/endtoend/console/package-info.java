/** The web console as people use it: its own journeys, in a real browser, against the whole platform. */
@NullMarked
package dev.cytoplane.endtoend.console;

import org.jspecify.annotations.NullMarked;
