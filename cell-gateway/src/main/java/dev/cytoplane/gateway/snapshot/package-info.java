/** The compiled configuration: immutable and indexed, so that a request finds its route in a step per path segment, whatever the number of routes. */
@NullMarked
package dev.cytoplane.gateway.snapshot;

import org.jspecify.annotations.NullMarked;
