package dev.cytoplane.endtoend.input;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An operation of the API.
 *
 * @param path template below /api/v1
 * @param queries the documented query parameters
 * @param headers names of the documented header parameters
 * @param contentTypes what a body may be; empty for none
 * @param fields fields of a JSON body, those of an object in it too
 */
record Operation(
        String method,
        String path,
        List<Field> queries,
        Set<String> headers,
        Set<String> contentTypes,
        List<Field> fields) {

    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

    boolean takesJson() {
        return contentTypes.stream().anyMatch(type -> type.contains("json"));
    }

    boolean takesBody() {
        return !contentTypes.isEmpty();
    }

    boolean writes() {
        return !method.equals("GET");
    }

    boolean takesIfMatch() {
        return headers.stream().anyMatch("If-Match"::equalsIgnoreCase);
    }

    boolean needsIfMatch() {
        return takesIfMatch() && (method.equals("PUT") || method.equals("PATCH"));
    }

    boolean asks(String query) {
        return queries.stream().anyMatch(field -> field.name().equals(query));
    }

    String jsonType() {
        return contentTypes.stream()
                .filter(type -> type.contains("json"))
                .findFirst()
                .orElse("application/json");
    }

    List<String> parameters() {
        return PARAMETER.matcher(path).results().map(match -> match.group(1)).toList();
    }

    interface Values {
        String of(String parameter);
    }

    String path(Values values) {
        return PARAMETER.matcher(path).replaceAll(match -> Matcher.quoteReplacement(values.of(match.group(1))));
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
