/** The same platform with a data plane in a real Kubernetes. */
@NullMarked
package dev.cytoplane.endtoend.kubernetes;

import org.jspecify.annotations.NullMarked;
