/**
 * Cells on Kubernetes. {@code resource} is the Cell as a custom resource; {@code desired} computes, as a pure function, the
 * objects that a cell asks for; {@code reconcile} makes the cluster hold exactly those and says what it sees.
 */
@NullMarked
package dev.cytoplane.dataplane.kubernetes;

import org.jspecify.annotations.NullMarked;
