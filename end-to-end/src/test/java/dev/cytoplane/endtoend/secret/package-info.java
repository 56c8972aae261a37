/** Where secrets are, and that they are nowhere else. */
@NullMarked
package dev.cytoplane.endtoend.secret;

import org.jspecify.annotations.NullMarked;
