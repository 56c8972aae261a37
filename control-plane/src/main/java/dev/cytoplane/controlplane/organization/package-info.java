/** Tenants. Everything else belongs to exactly one. */
@NullMarked
package dev.cytoplane.controlplane.organization;

import org.jspecify.annotations.NullMarked;
