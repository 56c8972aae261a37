/** Secrets of components, sealed at rest under the platform's master key and, for delivery, to one data plane's key. */
@NullMarked
package dev.cytoplane.controlplane.secret;

import org.jspecify.annotations.NullMarked;
