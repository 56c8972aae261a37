/**
 * From a cell to the Kubernetes objects that it asks for: pure functions, without a client and without a clock. Each file
 * makes the objects of one concern; {@link dev.cytoplane.dataplane.kubernetes.desired.DesiredObjects} puts them in order.
 */
@NullMarked
package dev.cytoplane.dataplane.kubernetes.desired;

import org.jspecify.annotations.NullMarked;
