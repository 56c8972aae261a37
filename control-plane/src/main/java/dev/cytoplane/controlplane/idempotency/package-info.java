/** A creation that is sent twice happens once (Idempotency-Key). */
@NullMarked
package dev.cytoplane.controlplane.idempotency;

import org.jspecify.annotations.NullMarked;
