/** Makes a cluster hold what its cells ask for, and says in their status what it sees. */
@NullMarked
package dev.cytoplane.dataplane.kubernetes.reconcile;

import org.jspecify.annotations.NullMarked;
