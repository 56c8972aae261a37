/** The watch link: what a data plane and the control plane say to each other. The data plane always dials. */
@NullMarked
package dev.cytoplane.contracts.link;

import org.jspecify.annotations.NullMarked;
