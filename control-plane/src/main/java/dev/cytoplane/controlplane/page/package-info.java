/** Bounded lists: keyset pagination, sorting and filters that every list of the API shares. */
@NullMarked
package dev.cytoplane.controlplane.page;

import org.jspecify.annotations.NullMarked;
