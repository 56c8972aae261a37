package dev.cytoplane.controlplane.page;

import org.jspecify.annotations.Nullable;

/**
 * What part of a list is asked for: the query parameters {@code limit}, {@code cursor} and {@code sort} of every list.
 * A controller takes it as a parameter; {@link Listing} answers it.
 *
 * @param limit 1 to 200, 50 when left out
 * @param cursor the {@code nextCursor} of the page before
 * @param sort a field's name, with a minus in front for the other direction
 */
public record PageRequest(
        int limit, @Nullable String cursor, @Nullable String sort) {

    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 200;

    public static PageRequest first(int limit) {
        return new PageRequest(limit, null, null);
    }
}
