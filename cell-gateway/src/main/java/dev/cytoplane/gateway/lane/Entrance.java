package dev.cytoplane.gateway.lane;

import dev.cytoplane.gateway.route.Direction;
import org.jspecify.annotations.Nullable;

/**
 * Through which listener a request came.
 *
 * @param cell the listener's cell; null for the shared entry
 * @param scheme http or https
 */
public record Entrance(Direction direction, @Nullable String cell, String scheme) {}
