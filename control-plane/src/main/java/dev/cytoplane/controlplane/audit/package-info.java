/** The append-only, hash-chained record of every write. Written in the transaction of the write itself. */
@NullMarked
package dev.cytoplane.controlplane.audit;

import org.jspecify.annotations.NullMarked;
