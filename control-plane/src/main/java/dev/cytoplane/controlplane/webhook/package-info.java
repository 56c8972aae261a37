/** Deliveries of outside Git hosts: proven, taken once, and turned into builds. */
@NullMarked
package dev.cytoplane.controlplane.webhook;

import org.jspecify.annotations.NullMarked;
