package dev.cytoplane.endtoend.input;

import dev.cytoplane.endtoend.platform.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What can be wrong with a JSON body. */
final class BodyFaults {

    static final int LIMIT = 1024 * 1024;
    private static final Set<Integer> INVALID = Set.of(400);

    private final World world;
    private final Bodies bodies;

    BodyFaults(World world, Bodies bodies) {
        this.world = world;
        this.bodies = bodies;
    }

    List<BadRequest> of(Operation operation) {
        List<BadRequest> faults = new ArrayList<>();
        Map<String, Object> good = bodies.required(operation);
        for (Field field : operation.fields()) {
            fieldFaults(operation, good, field, faults);
        }
        faults.add(body(operation, "an unknown field", Json.write(Bodies.with(good, "unheardOf", 1)), "unheardOf"));
        text(operation, good, faults);
        return faults;
    }

    private void fieldFaults(Operation operation, Map<String, Object> good, Field field, List<BadRequest> faults) {
        String name = field.name();
        wrongTypes(field)
                .forEach((fault, value) -> faults.add(
                        body(operation, name + " is " + fault, Json.write(Bodies.with(good, name, value)), name)));
        // A merge patch removes what is null and leaves what is missing.
        if (field.required() && !field.nested() && !operation.method().equals("PATCH")) {
            faults.add(body(operation, "no " + name, Json.write(Bodies.without(good, name)), name));
        }
        if (field.type().equals("string")) {
            faults.add(body(operation, name + " has a null byte", Json.write(Bodies.with(good, name, "a\0b")), name));
            faults.add(body(
                    operation, name + " is very long", Json.write(Bodies.with(good, name, "a".repeat(200_000))), name));
        }
        // Somebody else's is not there at all, named in a body too.
        String foreign = world.foreign(name);
        if (!foreign.isEmpty()) {
            faults.add(request(
                    operation,
                    "another's " + name,
                    Json.write(Bodies.with(good, name, foreign)),
                    operation.jsonType(),
                    Set.of(400, 404),
                    name));
        }
        if (field.enumerated()) {
            faults.add(body(
                    operation, name + " is none of its values", Json.write(Bodies.with(good, name, "neither")), name));
        }
        if (name.equals("name")
                && operation.method().equals("POST")
                && !operation.path().startsWith("/me")) {
            for (String bad : List.of("", "-", "Upper", "1st", "a_b", "a".repeat(41), "ends-", "ä", "a/b", "a\nb")) {
                faults.add(
                        body(operation, "the name " + Json.write(bad), Json.write(Bodies.with(good, name, bad)), name));
            }
        }
    }

    private static Map<String, Object> wrongTypes(Field field) {
        return switch (field.type()) {
            case "string" -> Map.of("an object", Map.of("a", 1), "a list", List.of("a"));
            case "integer", "number" -> Map.of("a text", "many", "an object", Map.of(), "out of range", "9".repeat(40));
            case "boolean" -> Map.of("a text", "perhaps", "an object", Map.of());
            case "array" -> Map.of("a text", "one", "a list of objects", List.of(Map.of("a", 1)));
            case "object" -> Map.of("a text", "one", "a list", List.of(1));
            default -> Map.of();
        };
    }

    private void text(Operation operation, Map<String, Object> good, List<BadRequest> faults) {
        String right = Json.write(good);
        Map<String, String> broken = new HashMap<>();
        broken.put("a body that breaks off", right.substring(0, right.length() - 1));
        broken.put("a body that is a list", "[]");
        broken.put("a body that is a text", "\"text\"");
        broken.put("a body that is null", "null");
        broken.put("a body that is no JSON", "name=value");
        broken.put("a body that is nested without end", "[".repeat(20_000));
        broken.put("more after the body", right + right);
        broken.forEach((fault, text) -> faults.add(body(operation, fault, text, "")));
        faults.add(body(operation, "no body", "", ""));
        faults.add(new BadRequest(
                "a body that is no UTF-8",
                operation.method(),
                world.path(operation),
                caller(operation),
                headers(operation, operation.jsonType()),
                new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'},
                INVALID,
                ""));
        faults.add(request(
                operation,
                "a body that is too large",
                right + " ".repeat(LIMIT),
                operation.jsonType(),
                Set.of(413),
                ""));
        for (String type : List.of("text/plain", "application/xml", "multipart/form-data; boundary=x", "none")) {
            faults.add(request(operation, "the content type " + type, right, type, Set.of(400, 415), ""));
        }
    }

    private BadRequest body(Operation operation, String fault, String text, String field) {
        return request(operation, fault, text, operation.jsonType(), INVALID, field);
    }

    private BadRequest request(
            Operation operation, String fault, String text, String type, Set<Integer> statuses, String field) {
        return BadRequest.of(
                fault,
                operation,
                world.path(operation),
                caller(operation),
                headers(operation, type),
                text,
                statuses,
                field);
    }

    private String caller(Operation operation) {
        return operation.path().startsWith("/data-planes")
                ? world.platform().tokens().launcher()
                : world.owner();
    }

    private static Map<String, String> headers(Operation operation, String type) {
        Map<String, String> headers = new HashMap<>(Map.of("Content-Type", type));
        if (operation.needsIfMatch()) {
            // Any version: with a body that is right, this would go through.
            headers.put("If-Match", "*");
        }
        return headers;
    }
}
