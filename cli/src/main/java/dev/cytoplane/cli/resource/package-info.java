/** Listing, showing and deleting, the same for every noun of the API. */
@NullMarked
package dev.cytoplane.cli.resource;

import org.jspecify.annotations.NullMarked;
