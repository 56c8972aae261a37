/**
 * Turns commits into releases: a durable queue, runs within limits, live logs. What is particular to a language is in a
 * package of its own below this one, behind {@link dev.cytoplane.builder.Builder}.
 */
@NullMarked
package dev.cytoplane.controlplane.build;

import org.jspecify.annotations.NullMarked;
