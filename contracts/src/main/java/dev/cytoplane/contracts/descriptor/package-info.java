/** The file {@code cytoplane.yaml} in a component's source: what its authors declare about how it is built, run and reached. */
@NullMarked
package dev.cytoplane.contracts.descriptor;

import org.jspecify.annotations.NullMarked;
