/** The link to the control plane. The data plane dials; nothing here is needed to keep cells running. */
@NullMarked
package dev.cytoplane.dataplane.link;

import org.jspecify.annotations.NullMarked;
