/** Who is calling and who answers: certificates of cells, SPIFFE ids, and tokens of people and machines. */
@NullMarked
package dev.cytoplane.gateway.identity;

import org.jspecify.annotations.NullMarked;
