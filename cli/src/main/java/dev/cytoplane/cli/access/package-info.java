/** Explaining roles: what somebody may do, and why. */
@NullMarked
package dev.cytoplane.cli.access;

import org.jspecify.annotations.NullMarked;
