/** Where cells run: development, staging, production. Each belongs to a data plane. */
@NullMarked
package dev.cytoplane.controlplane.environment;

import org.jspecify.annotations.NullMarked;
