/** Tests of the API as a client sees it: over HTTP, with tokens of a test issuer, on a real PostgreSQL. */
@NullMarked
package dev.cytoplane.controlplane.api;

import org.jspecify.annotations.NullMarked;
