/** What a cell lets in and out, rule by rule. */
@NullMarked
package dev.cytoplane.endtoend.cell;

import org.jspecify.annotations.NullMarked;
