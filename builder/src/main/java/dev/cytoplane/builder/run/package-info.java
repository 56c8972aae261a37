/** A build from its checkout to its archive, in a folder of its own, with the tools of this machine. */
@NullMarked
package dev.cytoplane.builder.run;

import org.jspecify.annotations.NullMarked;
