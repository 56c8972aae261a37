/** The configuration of a cell gateway, derived by the data plane from its cells. */
@NullMarked
package dev.cytoplane.contracts.gateway;

import org.jspecify.annotations.NullMarked;
