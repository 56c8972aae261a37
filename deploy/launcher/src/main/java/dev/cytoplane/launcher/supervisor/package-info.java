/** Keeps the services running, in their order, and tells what state they are in through a file. */
@NullMarked
package dev.cytoplane.launcher.supervisor;

import org.jspecify.annotations.NullMarked;
