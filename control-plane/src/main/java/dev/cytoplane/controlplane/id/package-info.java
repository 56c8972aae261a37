/** Identifiers that sort by time (UUID version 7, RFC 9562). */
@NullMarked
package dev.cytoplane.controlplane.id;

import org.jspecify.annotations.NullMarked;
