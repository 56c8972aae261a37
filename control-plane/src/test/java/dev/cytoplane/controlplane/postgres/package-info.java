/** A real PostgreSQL for tests: one that is given, else Docker's, else one that is started here. */
@NullMarked
package dev.cytoplane.controlplane.postgres;

import org.jspecify.annotations.NullMarked;
