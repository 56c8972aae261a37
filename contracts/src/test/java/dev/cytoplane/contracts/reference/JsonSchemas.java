package dev.cytoplane.contracts.reference;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.cytoplane.contracts.Description;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns a contract's records into a JSON schema (draft 2020-12). Pure: the same records give the same schema. */
final class JsonSchemas {

    private final boolean closed;
    private final Map<String, Object> definitions = new TreeMap<>();

    private JsonSchemas(boolean closed) {
        this.closed = closed;
    }

    /**
     * @param constants fields of the root that have one value only
     * @param closed whether a field that the contract does not know is an error
     */
    static Map<String, Object> of(Class<? extends Record> root, Map<String, String> constants, boolean closed) {
        var schemas = new JsonSchemas(closed);
        var schema = new LinkedHashMap<String, Object>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put(
                "$id",
                "https://cytoplane.dev/schemas/" + root.getSimpleName().toLowerCase(Locale.ROOT) + ".schema.json");
        schema.putAll(schemas.object(root));
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            constants.forEach((field, value) -> {
                if (properties.get(field) instanceof Map<?, ?> property) {
                    @SuppressWarnings("unchecked")
                    var open = (Map<String, Object>) property;
                    open.put("const", value);
                }
            });
        }
        schema.put("$defs", schemas.definitions);
        return schema;
    }

    private Map<String, Object> object(Class<?> type) {
        var properties = new LinkedHashMap<String, Object>();
        var required = new ArrayList<String>();
        for (RecordComponent component : type.getRecordComponents()) {
            var property = new LinkedHashMap<>(schema(component.getGenericType()));
            description(component).ifPresent(text -> property.put("description", text));
            properties.put(component.getName(), property);
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                required.add(component.getName());
            }
        }
        var object = new LinkedHashMap<String, Object>();
        object.put("title", type.getSimpleName());
        description(type).ifPresent(text -> object.put("description", text));
        object.put("type", "object");
        object.put("properties", properties);
        if (!required.isEmpty()) {
            object.put("required", required);
        }
        if (closed) {
            object.put("additionalProperties", false);
        }
        return object;
    }

    private Map<String, Object> schema(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type item = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            return generic.getRawType() == List.class
                    ? typed("array", "items", schema(item))
                    : typed("object", "additionalProperties", schema(item));
        }
        Class<?> raw = (Class<?>) type;
        if (raw.isEnum()) {
            return Map.of("enum", names(raw));
        }
        if (raw.isRecord()) {
            if (!definitions.containsKey(raw.getSimpleName())) {
                // Entered first, so that a type that holds itself ends.
                definitions.put(raw.getSimpleName(), Map.of());
                definitions.put(raw.getSimpleName(), object(raw));
            }
            return Map.of("$ref", "#/$defs/" + raw.getSimpleName());
        }
        if (Set.<Class<?>>of(int.class, Integer.class, long.class, Long.class).contains(raw)) {
            return Map.of("type", "integer");
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return Map.of("type", "boolean");
        }
        if (raw == double.class) {
            return Map.of("type", "number");
        }
        if (raw == Instant.class) {
            return typed("string", "format", "date-time");
        }
        if (raw == String.class) {
            return Map.of("type", "string");
        }
        throw new IllegalArgumentException("No schema is known for " + type);
    }

    /** In this order; {@code Map.of} has another in every JVM. */
    private static Map<String, Object> typed(String type, String further, Object value) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", type);
        schema.put(further, value);
        return schema;
    }

    static List<String> names(Class<?> type) {
        return Arrays.stream(type.getFields())
                .filter(Field::isEnumConstant)
                .map(constant -> {
                    JsonProperty name = constant.getAnnotation(JsonProperty.class);
                    return name == null ? constant.getName() : name.value();
                })
                .toList();
    }

    static Optional<String> description(AnnotatedElement element) {
        return Optional.ofNullable(element.getAnnotation(Description.class)).map(Description::value);
    }
}
