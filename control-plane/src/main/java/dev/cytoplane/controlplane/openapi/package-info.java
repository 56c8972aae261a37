/** The OpenAPI 3.1 document of the API, and the metadata by which a client finds the sign-in (RFC 9728). */
@NullMarked
package dev.cytoplane.controlplane.openapi;

import org.jspecify.annotations.NullMarked;
