/** Keeps the written reference of the command line true. */
@NullMarked
package dev.cytoplane.launcher.reference;

import org.jspecify.annotations.NullMarked;
