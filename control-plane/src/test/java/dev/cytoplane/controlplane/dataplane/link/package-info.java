/** Tests of the link over real TLS. */
@NullMarked
package dev.cytoplane.controlplane.dataplane.link;

import org.jspecify.annotations.NullMarked;
