/** The lane of Spring Cloud Gateway: its handler mapping over the snapshot, its filters around the policies. */
@NullMarked
package dev.cytoplane.gateway.lane.spring;

import org.jspecify.annotations.NullMarked;
