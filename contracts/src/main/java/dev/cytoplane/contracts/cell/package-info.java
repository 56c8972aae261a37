/** The Cell document: the whole desired state of one project in one environment. Both runtimes take this and nothing else. */
@NullMarked
package dev.cytoplane.contracts.cell;

import org.jspecify.annotations.NullMarked;
