package dev.cytoplane.endtoend.input;

import dev.cytoplane.endtoend.platform.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The operations of the OpenAPI document that the control plane serves. */
final class ApiDocument {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final String PREFIX = "/api/v1";

    private final JsonNode document;

    private ApiDocument(JsonNode document) {
        this.document = document;
    }

    static ApiDocument servedBy(Api api) {
        return new ApiDocument(api.get("/openapi.json").expect(200).json());
    }

    String version() {
        return document.path("openapi").asString();
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            if (path.getKey().startsWith(PREFIX)) {
                path.getValue().properties().stream()
                        .filter(method -> METHODS.contains(method.getKey()))
                        .forEach(method -> operations.add(operation(path.getKey(), path.getValue(), method)));
            }
        }
        return operations;
    }

    /** The methods that a path has, in capitals. */
    Set<String> methods(String path) {
        Set<String> methods = new TreeSet<>();
        document.path("paths").path(PREFIX + path).propertyNames().stream()
                .filter(METHODS::contains)
                .forEach(name -> methods.add(name.toUpperCase(Locale.ROOT)));
        return methods;
    }

    private Operation operation(String path, JsonNode item, Map.Entry<String, JsonNode> method) {
        JsonNode details = method.getValue();
        List<Field> queries = new ArrayList<>();
        Set<String> headers = new TreeSet<>();
        for (JsonNode parameters : List.of(item.path("parameters"), details.path("parameters"))) {
            for (JsonNode each : parameters) {
                JsonNode parameter = resolved(each);
                String name = parameter.path("name").asString();
                switch (parameter.path("in").asString()) {
                    case "query" ->
                        queries.add(field(
                                name,
                                parameter.path("schema"),
                                parameter.path("required").asBoolean(false)));
                    case "header" -> headers.add(name);
                    default -> {}
                }
            }
        }
        List<Field> fields = new ArrayList<>();
        JsonNode content = resolved(details.path("requestBody")).path("content");
        JsonNode schema = content.properties().stream()
                .filter(type -> type.getKey().contains("json"))
                .map(type -> type.getValue().path("schema"))
                .findFirst()
                .orElse(content.path("none"));
        collect("", schema, 0, fields);
        return new Operation(
                method.getKey().toUpperCase(Locale.ROOT),
                path.substring(PREFIX.length()),
                queries,
                headers,
                Set.copyOf(content.propertyNames()),
                fields);
    }

    private void collect(String prefix, JsonNode reference, int depth, List<Field> fields) {
        JsonNode schema = resolved(reference);
        Set<String> required = new TreeSet<>();
        schema.path("required").forEach(name -> required.add(name.asString()));
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            String name = prefix + property.getKey();
            fields.add(field(name, property.getValue(), required.contains(property.getKey())));
            if (depth == 0) {
                collect(name + ".", property.getValue(), 1, fields);
            }
        }
    }

    private Field field(String name, JsonNode schema, boolean required) {
        JsonNode type = resolved(schema);
        return new Field(name, type(type), required, type.has("enum"));
    }

    private static String type(JsonNode schema) {
        if (schema.path("format").asString("").equals("date-time")) {
            return "date-time";
        }
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            return type.valueStream()
                    .map(JsonNode::asString)
                    .filter(name -> !name.equals("null"))
                    .findFirst()
                    .orElse("");
        }
        return type.isString() ? type.asString() : schema.has("properties") ? "object" : "";
    }

    private JsonNode resolved(JsonNode node) {
        JsonNode current = node;
        while (current.has("$ref")) {
            current = document.at(current.path("$ref").asString().substring(1));
        }
        for (String choice : List.of("oneOf", "anyOf", "allOf")) {
            for (JsonNode option : current.path(choice)) {
                if (!option.path("type").asString("").equals("null")) {
                    return resolved(option);
                }
            }
        }
        return current;
    }
}
