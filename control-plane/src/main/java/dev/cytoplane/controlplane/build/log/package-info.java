/** Logs of builds: files that only grow, up to a limit, and that are read while they grow. */
@NullMarked
package dev.cytoplane.controlplane.build.log;

import org.jspecify.annotations.NullMarked;
