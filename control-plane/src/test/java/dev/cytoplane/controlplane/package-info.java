/** Tests of the module as a whole. */
@NullMarked
package dev.cytoplane.controlplane;

import org.jspecify.annotations.NullMarked;
