/** Tests of how the API's document is made. */
@NullMarked
package dev.cytoplane.controlplane.openapi;

import org.jspecify.annotations.NullMarked;
