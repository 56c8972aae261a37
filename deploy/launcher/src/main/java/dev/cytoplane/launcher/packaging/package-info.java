/** Steps of the build that make the program start fast. Nothing here runs later. */
@NullMarked
package dev.cytoplane.launcher.packaging;

import org.jspecify.annotations.NullMarked;
