/**
 * Cells on Kubernetes. {@code delivery} brings the cells of the link into the cluster as custom resources, which
 * {@code resource} describes; {@code image} makes images of their releases; {@code desired} computes, as a pure function, the
 * objects that a cell asks for; {@code reconcile} makes the cluster hold exactly those and says what it sees.
 */
@NullMarked
package dev.cytoplane.dataplane.kubernetes;

import org.jspecify.annotations.NullMarked;
