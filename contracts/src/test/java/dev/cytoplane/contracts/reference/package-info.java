/** The published form of the contracts: JSON schemas and reference pages, written from the records themselves. */
@NullMarked
package dev.cytoplane.contracts.reference;

import org.jspecify.annotations.NullMarked;
