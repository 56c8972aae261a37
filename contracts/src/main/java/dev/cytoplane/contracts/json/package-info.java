/** The one JSON form of the contracts: strict when read, canonical when written. */
@NullMarked
package dev.cytoplane.contracts.json;

import org.jspecify.annotations.NullMarked;
