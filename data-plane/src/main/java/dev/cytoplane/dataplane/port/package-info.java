/** Ports of this machine: chosen once, kept, and never given out twice. */
@NullMarked
package dev.cytoplane.dataplane.port;

import org.jspecify.annotations.NullMarked;
