/** Keycloak from its distribution: prepared at build, run as a service on PostgreSQL, its realm made from a template. */
@NullMarked
package dev.cytoplane.launcher.keycloak;

import org.jspecify.annotations.NullMarked;
