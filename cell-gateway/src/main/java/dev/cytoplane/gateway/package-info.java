/** The process that guards cells: the only way into and out of each of them. */
@NullMarked
package dev.cytoplane.gateway;

import org.jspecify.annotations.NullMarked;
