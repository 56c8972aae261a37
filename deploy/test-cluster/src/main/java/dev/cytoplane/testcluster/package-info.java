/** A real Kubernetes for a test class, wherever one can be had: {@link dev.cytoplane.testcluster.WithKubernetes}. */
@NullMarked
package dev.cytoplane.testcluster;

import org.jspecify.annotations.NullMarked;
