/** The gateway in front of the cells: its configuration is a pure function of cells and runtime, its process is supervised here. */
@NullMarked
package dev.cytoplane.dataplane.gateway;

import org.jspecify.annotations.NullMarked;
