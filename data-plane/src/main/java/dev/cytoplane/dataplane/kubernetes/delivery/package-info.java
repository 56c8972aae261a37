/** The cells of the link as custom resources of a cluster, and what the cluster says of them as the link's statuses. */
@NullMarked
package dev.cytoplane.dataplane.kubernetes.delivery;

import org.jspecify.annotations.NullMarked;
