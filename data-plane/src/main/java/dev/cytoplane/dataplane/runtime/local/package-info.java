/** The local runtime: components are supervised processes of this machine. */
@NullMarked
package dev.cytoplane.dataplane.runtime.local;

import org.jspecify.annotations.NullMarked;
