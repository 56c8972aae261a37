/** The ports: opened and closed as cells come and go, without touching those that stay. */
@NullMarked
package dev.cytoplane.gateway.listener;

import org.jspecify.annotations.NullMarked;
