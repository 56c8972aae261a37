/** A working tree as it is sent to the platform, and Git clones that push to it. */
@NullMarked
package dev.cytoplane.cli.source;

import org.jspecify.annotations.NullMarked;
