/** Health and counters for whoever supervises this process, on loopback. */
@NullMarked
package dev.cytoplane.gateway.management;

import org.jspecify.annotations.NullMarked;
