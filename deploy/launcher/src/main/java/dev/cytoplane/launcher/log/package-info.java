/** Where the launcher's log goes. */
@NullMarked
package dev.cytoplane.launcher.log;

import org.jspecify.annotations.NullMarked;
