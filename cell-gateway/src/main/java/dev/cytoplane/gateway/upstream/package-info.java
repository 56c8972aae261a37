/** Towards instances, other cells and third parties: clients, pools, and what a failure means. */
@NullMarked
package dev.cytoplane.gateway.upstream;

import org.jspecify.annotations.NullMarked;
