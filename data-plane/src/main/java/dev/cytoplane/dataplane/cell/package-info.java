/** Makes what runs equal what is wanted, cell by cell, as a short list of steps that can be repeated at any time. */
@NullMarked
package dev.cytoplane.dataplane.cell;

import org.jspecify.annotations.NullMarked;
