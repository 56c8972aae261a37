/** The archive that an artifact is: equal files give equal bytes. */
@NullMarked
package dev.cytoplane.builder.archive;

import org.jspecify.annotations.NullMarked;
