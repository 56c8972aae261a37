/** Runs of tasks: ordered, cancelled, and what data planes tell of them. */
@NullMarked
package dev.cytoplane.controlplane.task;

import org.jspecify.annotations.NullMarked;
