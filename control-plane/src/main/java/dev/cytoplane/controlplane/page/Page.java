package dev.cytoplane.controlplane.page;

import dev.cytoplane.controlplane.problem.Problem;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param items at most the limit that was asked for
 * @param nextCursor to be given as {@code cursor} to get what follows; null at the end
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    /**
     * A part of a list that is at hand as a whole.
     *
     * @param sort the only field that it is sorted by, either way
     * @param key what tells the items apart, in the order of that field
     */
    public static <T> Page<T> of(List<T> all, PageRequest request, String sort, Function<T, String> key) {
        String wanted = Objects.requireNonNullElse(request.sort(), sort);
        boolean descending = wanted.equals("-" + sort);
        if (!descending && !wanted.equals(sort)) {
            throw Problem.invalid("sort", "must be " + sort + ", with a minus to turn it round");
        }
        Comparator<String> order = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
        String after = request.cursor() == null
                ? null
                : Cursor.decode(request.cursor(), wanted).value();
        List<T> rest = all.stream()
                .filter(item -> after == null || order.compare(key.apply(item), after) > 0)
                .sorted(Comparator.comparing(key, order))
                .limit(request.limit() + 1L)
                .toList();
        if (rest.size() <= request.limit()) {
            return new Page<>(rest, null);
        }
        List<T> items = rest.subList(0, request.limit());
        return new Page<>(items, new Cursor(wanted, key.apply(items.getLast()), "").encode());
    }
}
