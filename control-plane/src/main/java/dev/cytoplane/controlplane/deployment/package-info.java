/** A release bound to an environment: what should run, what does, and the history of both. */
@NullMarked
package dev.cytoplane.controlplane.deployment;

import org.jspecify.annotations.NullMarked;
