/** Tests of GitOps. */
@NullMarked
package dev.cytoplane.controlplane.gitops;

import org.jspecify.annotations.NullMarked;
