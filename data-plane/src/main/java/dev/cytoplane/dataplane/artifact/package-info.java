/** What was built, by content address: fetched once, checked, unpacked. */
@NullMarked
package dev.cytoplane.dataplane.artifact;

import org.jspecify.annotations.NullMarked;
