/**
 * GitOps: keeps the Cell documents of an environment in a Git repository, from which Flux, Argo CD or {@code kubectl apply}
 * can bring them to a cluster, and says what is in sync, what drifted and who changed it. Level-triggered: each look
 * compares what is wanted with what is in the repository, and an event only makes the next look sooner.
 */
@NullMarked
package dev.cytoplane.controlplane.gitops;

import org.jspecify.annotations.NullMarked;
