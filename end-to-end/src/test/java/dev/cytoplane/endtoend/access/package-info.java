/** Who gets in, and what each may do. */
@NullMarked
package dev.cytoplane.endtoend.access;

import org.jspecify.annotations.NullMarked;
