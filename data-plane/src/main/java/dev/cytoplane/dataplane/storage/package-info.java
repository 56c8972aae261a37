/** Files of the state folder: written whole or not at all, and readable by nobody else. */
@NullMarked
package dev.cytoplane.dataplane.storage;

import org.jspecify.annotations.NullMarked;
