package dev.cytoplane.endtoend.input;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Bodies that are right, so that one fault put into them is the only one. */
final class Bodies {

    private final World world;

    Bodies(World world) {
        this.world = world;
    }

    /** Every field that the operation requires, with a value that would be taken. */
    Map<String, Object> required(Operation operation) {
        Map<String, Object> body = new LinkedHashMap<>();
        operation.fields().stream()
                .filter(field -> !field.nested())
                .filter(field -> field.required() || ALWAYS.contains(field.name()))
                .forEach(field -> body.put(field.name(), value(field, operation)));
        return body;
    }

    /** Fields that operations ask for even where the document cannot say so. */
    private static final List<String> ALWAYS =
            List.of("name", "release", "environment", "to", "stages", "values", "value", "role", "username");

    private Object value(Field field, Operation operation) {
        return switch (field.name()) {
            case "name" -> "valid-name";
            case "displayName", "description" -> "A sentence";
            case "username" -> "admin";
            case "role" -> "viewer";
            case "effect" -> "allow";
            case "project" -> "shop";
            case "pipeline" -> "default";
            case "stages" -> List.of("development");
            case "environment" -> "development";
            case "to" -> "staging";
            case "release" -> world.release();
            case "deployment" -> world.deployment();
            case "dataPlane" -> "local";
            case "values" -> Map.of("GREETING", "hello");
            case "source" -> Map.of("kind", "platform");
            case "type" -> "service";
            case "url" -> World.NO_REPOSITORY;
            case "branch" -> "main";
            case "method" -> "GET";
            case "path" -> "/";
            case "expiresInDays" -> 1;
            default -> byType(field, operation);
        };
    }

    private static Object byType(Field field, Operation operation) {
        return switch (field.type()) {
            case "string" -> "text";
            case "integer", "number" -> 1;
            case "boolean" -> false;
            case "array" -> List.of();
            case "object" -> Map.of();
            default -> throw new AssertionError("No value for " + field + " of " + operation + ": add it to Bodies");
        };
    }

    /** A copy with one field set, also one inside an object. */
    static Map<String, Object> with(Map<String, Object> body, String path, Object value) {
        Map<String, Object> copy = new LinkedHashMap<>(body);
        int dot = path.indexOf('.');
        if (dot < 0) {
            copy.put(path, value);
        } else {
            Map<String, Object> inner = new LinkedHashMap<>();
            if (copy.get(path.substring(0, dot)) instanceof Map<?, ?> present) {
                present.forEach((name, each) -> inner.put(String.valueOf(name), each));
            }
            inner.put(path.substring(dot + 1), value);
            copy.put(path.substring(0, dot), inner);
        }
        return copy;
    }

    static Map<String, Object> without(Map<String, Object> body, String name) {
        Map<String, Object> copy = new LinkedHashMap<>(body);
        copy.remove(name);
        return copy;
    }
}
