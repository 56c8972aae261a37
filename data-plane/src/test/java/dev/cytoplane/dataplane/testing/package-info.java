/** A control plane's link, and a component to run, for tests. */
@NullMarked
package dev.cytoplane.dataplane.testing;

import org.jspecify.annotations.NullMarked;
