/** What is counted of requests, cheaply enough to be counted always. Knows nothing of routes and requests. */
@NullMarked
package dev.cytoplane.gateway.traffic;

import org.jspecify.annotations.NullMarked;
