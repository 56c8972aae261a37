/** What a runtime does for the cells of a data plane. Nothing above this package knows which runtime it is. */
@NullMarked
package dev.cytoplane.dataplane.runtime;

import org.jspecify.annotations.NullMarked;
