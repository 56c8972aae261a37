/** The state folder: where it is, and files that only their owner may read. */
@NullMarked
package dev.cytoplane.cli.home;

import org.jspecify.annotations.NullMarked;
