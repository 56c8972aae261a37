/** How the API reads and writes JSON: strictly, and naming the field that is wrong. */
@NullMarked
package dev.cytoplane.controlplane.json;

import org.jspecify.annotations.NullMarked;
