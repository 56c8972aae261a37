package dev.cytoplane.contracts.reference;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A page of Markdown with a table for each record of a contract, the root first. */
final class ReferencePage {

    private final StringBuilder page = new StringBuilder();

    private ReferencePage() {}

    static String of(String title, String introduction, Class<? extends Record> root) {
        var page = new ReferencePage();
        page.page
                .append("<!-- Generated from the code by ReferenceTest; change the records, not this page. -->\n# ")
                .append(title)
                .append("\n\n")
                .append(introduction.strip())
                .append('\n');
        var types = new LinkedHashSet<Class<?>>();
        collect(root, types);
        types.forEach(page::section);
        return page.page.toString();
    }

    private static void collect(Type type, Set<Class<?>> types) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                collect(argument, types);
            }
        } else if (type instanceof Class<?> raw && raw.isRecord() && types.add(raw)) {
            for (RecordComponent component : raw.getRecordComponents()) {
                collect(component.getGenericType(), types);
            }
        }
    }

    private void section(Class<?> type) {
        page.append("\n## ").append(type.getSimpleName()).append("\n\n");
        JsonSchemas.description(type).ifPresent(text -> page.append(text).append("\n\n"));
        page.append("| field | type | needed | meaning |\n| --- | --- | --- | --- |\n");
        for (RecordComponent component : type.getRecordComponents()) {
            boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            page.append("| `%s` | %s | %s | %s |\n"
                    .formatted(
                            component.getName(),
                            name(component.getGenericType()),
                            optional ? "" : "yes",
                            JsonSchemas.description(component).orElse("").replace("|", "\\|")));
        }
    }

    private static String name(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return arguments.length == 1
                    ? "list of " + name(arguments[0])
                    : "map of %s to %s".formatted(name(arguments[0]), name(arguments[1]));
        }
        Class<?> raw = (Class<?>) type;
        if (raw.isEnum()) {
            return JsonSchemas.names(raw).stream().map(it -> "`" + it + "`").collect(Collectors.joining(", "));
        }
        if (raw.isRecord()) {
            return "[%s](#%s)"
                    .formatted(raw.getSimpleName(), raw.getSimpleName().toLowerCase(Locale.ROOT));
        }
        return switch (raw.getSimpleName()) {
            case "int", "Integer", "long", "Long" -> "integer";
            case "boolean", "Boolean" -> "boolean";
            case "Instant" -> "time (RFC 3339)";
            default -> raw.getSimpleName().toLowerCase(Locale.ROOT);
        };
    }
}
