/** What the control plane is told about a cell. */
@NullMarked
package dev.cytoplane.dataplane.status;

import org.jspecify.annotations.NullMarked;
