/** The Cell document as a custom resource of Kubernetes. */
@NullMarked
package dev.cytoplane.dataplane.kubernetes.resource;

import org.jspecify.annotations.NullMarked;
