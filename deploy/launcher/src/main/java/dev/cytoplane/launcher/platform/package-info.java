/** What is chosen once for a state folder and kept: ports and generated credentials; and where the program's own files are. */
@NullMarked
package dev.cytoplane.launcher.platform;

import org.jspecify.annotations.NullMarked;
