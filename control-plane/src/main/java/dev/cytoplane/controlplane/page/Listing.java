package dev.cytoplane.controlplane.page;

import dev.cytoplane.controlplane.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A list query with keyset pagination: a page costs the same wherever it is in the list, and rows that come and go
 * between two pages neither repeat nor hide others.
 *
 * <pre>{@code
 * Listing.of("select * from builds")
 *         .where("component_id = :component", "component", scope.componentId())
 *         .filter("status = :status", "status", status)
 *         .sort("createdAt", "created_at", Listing.Type.TIME)
 *         .page(jdbc, request, Builds::row)
 * }</pre>
 *
 * The select's rows need a column {@code id} that is unique among them; conditions and sorts name columns of the
 * result. The first sort is the default one; a minus before its name there makes it descending.
 */
public final class Listing {

    /** The PostgreSQL type of a column that is sorted by. */
    public enum Type {
        TEXT("text"),
        TIME("timestamptz"),
        NUMBER("bigint");

        private final String sql;

        Type(String sql) {
            this.sql = sql;
        }
    }

    private record Sort(String column, Type type) {}

    private final String select;
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private final Map<String, Sort> sorts = new LinkedHashMap<>();
    private @Nullable String defaultSort;
    private String idType = "uuid";

    private Listing(String select) {
        this.select = select;
    }

    /** @param select constant SQL, with no limit and no order */
    public static Listing of(String select) {
        return new Listing(select);
    }

    public Listing with(String parameter, Object value) {
        parameters.put(parameter, value);
        return this;
    }

    /** @param condition constant SQL over the columns of the result */
    public Listing where(String condition, String parameter, Object value) {
        conditions.add(condition);
        return with(parameter, value);
    }

    /** A condition that holds only when there is a value. */
    public Listing filter(String condition, String parameter, @Nullable Object value) {
        return value == null ? this : where(condition, parameter, value);
    }

    /** The ids are text instead of UUIDs. */
    public Listing textIds() {
        idType = "text";
        return this;
    }

    /** The ids are numbers instead of UUIDs. */
    public Listing numberIds() {
        idType = "bigint";
        return this;
    }

    public Listing sort(String name, String column, Type type) {
        String field = name.startsWith("-") ? name.substring(1) : name;
        sorts.put(field, new Sort(column, type));
        if (defaultSort == null) {
            defaultSort = name;
        }
        return this;
    }

    public <T> Page<T> page(JdbcClient jdbc, PageRequest request, RowMapper<T> mapper) {
        String wanted = request.sort() != null ? request.sort() : defaultSort;
        if (wanted == null) {
            throw new IllegalStateException("A list needs a sort");
        }
        boolean descending = wanted.startsWith("-");
        Sort sort = sorts.get(descending ? wanted.substring(1) : wanted);
        if (sort == null) {
            throw Problem.invalid(
                    "sort", "must be one of " + String.join(", ", sorts.keySet()) + ", with a minus to turn it round");
        }
        var where = new ArrayList<>(conditions);
        var values = new LinkedHashMap<>(parameters);
        if (request.cursor() != null) {
            Cursor after = Cursor.decode(request.cursor(), wanted);
            where.add("(%s, l.id) %s (cast(:afterValue as %s), cast(:afterId as %s))"
                    .formatted(column(sort), descending ? "<" : ">", sort.type.sql, idType));
            values.put("afterValue", after.value());
            values.put("afterId", after.id());
        }
        String direction = descending ? "desc" : "asc";
        String sql =
                "select l.*, cast(%1$s as text) as page_value, cast(l.id as text) as page_id from (%2$s) l %3$s order by %1$s %4$s, l.id %4$s limit %5$d"
                        .formatted(
                                column(sort),
                                select,
                                where.isEmpty() ? "" : "where " + String.join(" and ", where),
                                direction,
                                request.limit() + 1);
        return cut(query(jdbc, sql, values, mapper), request.limit(), wanted);
    }

    /** Text sorts by its bytes, the same on every database whatever its locale. */
    private static String column(Sort sort) {
        String column = "l." + sort.column;
        return sort.type == Type.TEXT ? "cast(" + column + " as text) collate \"C\"" : column;
    }

    private record Row<T>(T item, String value, String id) {}

    private static <T> List<Row<T>> query(
            JdbcClient jdbc, String sql, Map<String, Object> values, RowMapper<T> mapper) {
        try {
            return jdbc.sql(sql)
                    .params(values)
                    .query((row, number) -> new Row<>(
                            mapper.mapRow(row, number), row.getString("page_value"), row.getString("page_id")))
                    .list();
        } catch (DataIntegrityViolationException e) {
            // The only values PostgreSQL has to parse are those of the cursor.
            throw Problem.invalid("cursor", "is not one of this list");
        }
    }

    private static <T> Page<T> cut(List<Row<T>> rows, int limit, String sort) {
        boolean more = rows.size() > limit;
        List<Row<T>> shown = more ? rows.subList(0, limit) : rows;
        String next =
                more ? new Cursor(sort, shown.getLast().value(), shown.getLast().id()).encode() : null;
        return new Page<>(shown.stream().map(Row::item).toList(), next);
    }
}
