/** Keeps one organization's rows from another: names the organization to PostgreSQL, whose row-level security does the rest. */
@NullMarked
package dev.cytoplane.controlplane.tenancy;

import org.jspecify.annotations.NullMarked;
