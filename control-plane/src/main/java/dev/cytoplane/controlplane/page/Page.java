package dev.cytoplane.controlplane.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param items at most the limit that was asked for
 * @param nextCursor to be given as {@code cursor} to get what follows; null at the end
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {}
