/** The platform on one machine. The commands are in {@code command}; what they start is in {@code service}. */
@NullMarked
package dev.cytoplane.launcher;

import org.jspecify.annotations.NullMarked;
