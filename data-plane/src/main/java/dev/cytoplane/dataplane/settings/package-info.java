/** What is set for a data plane from outside, in one record. */
@NullMarked
package dev.cytoplane.dataplane.settings;

import org.jspecify.annotations.NullMarked;
