/** The records that cross a plane. They hold no behaviour; each has one JSON form, written by {@code json}. */
@NullMarked
package dev.cytoplane.contracts;

import org.jspecify.annotations.NullMarked;
