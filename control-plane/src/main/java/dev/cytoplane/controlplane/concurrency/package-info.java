/** Optimistic locking over HTTP: versions as ETags, If-Match on every change. */
@NullMarked
package dev.cytoplane.controlplane.concurrency;

import org.jspecify.annotations.NullMarked;
