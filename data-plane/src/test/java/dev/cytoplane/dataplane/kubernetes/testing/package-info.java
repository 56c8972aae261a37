/** What the tests on a real cluster have in common. */
@NullMarked
package dev.cytoplane.dataplane.kubernetes.testing;

import org.jspecify.annotations.NullMarked;
