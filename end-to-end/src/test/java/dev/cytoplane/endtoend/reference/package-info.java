/** Keeps the written reference of the REST API true. */
@NullMarked
package dev.cytoplane.endtoend.reference;

import org.jspecify.annotations.NullMarked;
