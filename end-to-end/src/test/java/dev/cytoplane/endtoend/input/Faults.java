package dev.cytoplane.endtoend.input;

import dev.cytoplane.endtoend.platform.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Everything that can be wrong with a request to an operation. Each rule is a method; {@link #of} is their list. */
final class Faults {

    private static final Set<Integer> INVALID = Set.of(400);
    private static final Set<Integer> UNKNOWN = Set.of(400, 404);
    private static final String STALE = "\"987654\"";

    private final World world;
    private final Bodies bodies;

    Faults(World world) {
        this.world = world;
        this.bodies = new Bodies(world);
    }

    List<BadRequest> of(Operation operation, Set<String> methodsOfPath) {
        List<BadRequest> faults = new ArrayList<>();
        faults.addAll(callers(operation));
        faults.addAll(owners(operation));
        faults.addAll(pathParameters(operation));
        faults.addAll(queries(operation));
        faults.addAll(preconditions(operation));
        faults.addAll(idempotency(operation));
        if (operation.takesJson()) {
            faults.addAll(new BodyFaults(world, bodies).of(operation));
        }
        if (operation.writes() && !operation.takesBody()) {
            faults.add(new BadRequest(
                    "a large body where none is taken",
                    operation.method(),
                    world.path(operation),
                    world.owner(),
                    Map.of("Content-Type", "application/json"),
                    " ".repeat(BodyFaults.LIMIT + 1).getBytes(StandardCharsets.UTF_8),
                    Set.of(413),
                    ""));
        }
        faults.addAll(methods(operation, methodsOfPath));
        return faults;
    }

    private List<BadRequest> callers(Operation operation) {
        String path = world.path(operation);
        List<BadRequest> faults = new ArrayList<>(List.of(
                refused("no token", operation, path, "", Set.of(401)),
                refused("a token that is none", operation, path, "garbage", Set.of(401)),
                refused("a token of nobody", operation, path, "cyto_" + "a".repeat(43), Set.of(401)),
                refused("a token that is over", operation, path, world.expired(), Set.of(401)),
                refused("a token that was changed", operation, path, changed(world.owner()), Set.of(401))));
        boolean own = operation.path().startsWith("/me") || operation.path().equals("/organizations");
        if (operation.path().startsWith("/data-planes")) {
            faults.add(refused("a caller who is no administrator", operation, path, world.owner(), Set.of(403)));
        } else if (operation.writes() && !own) {
            faults.add(refused("a caller who may only look", operation, path, world.viewer(), Set.of(403)));
        }
        return faults;
    }

    /** The claims say another expiry than the signature covers. */
    private static String changed(String token) {
        String[] parts = token.split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replaceFirst("\"exp\":\\d+", "\"exp\":4102444800");
        return parts[0] + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + "." + parts[2];
    }

    /** Somebody else's things are not there at all. */
    private List<BadRequest> owners(Operation operation) {
        if (!operation.parameters().contains("organization")) {
            return List.of();
        }
        List<BadRequest> faults = new ArrayList<>();
        faults.add(
                refused("another's organization", operation, world.foreignPath(operation), world.owner(), Set.of(404)));
        boolean distinct = operation.parameters().stream()
                .filter(name -> !name.equals("organization"))
                .anyMatch(name -> world.isUnique(operation, name));
        if (distinct) {
            faults.add(refused(
                    "an id of another's organization",
                    operation,
                    world.mixedPath(operation),
                    world.owner(),
                    Set.of(404)));
        }
        return faults;
    }

    private List<BadRequest> pathParameters(Operation operation) {
        List<BadRequest> faults = new ArrayList<>();
        Map<String, String> bad = Map.of(
                "a name that cannot be", "9.No-Such",
                "a name that nothing has", "nothing-has-this",
                "an id that nothing has", "01890000-0000-7000-8000-000000000000",
                "a null byte", "a%00b",
                "a very long name", "a".repeat(3000),
                "a quote", "a'%20or%20'1'='1");
        for (String parameter : operation.parameters()) {
            // PUT of a secret makes the name that it is given.
            boolean makes = operation.method().equals("PUT") && operation.path().endsWith("{" + parameter + "}");
            bad.forEach((fault, value) -> {
                boolean right = makes && fault.contains("nothing has");
                if (!right) {
                    faults.add(refused(
                            fault + " as " + parameter,
                            operation,
                            world.pathWith(operation, parameter, value),
                            world.owner(),
                            operation.path().startsWith("/data-planes") ? Set.of(400, 403, 404) : UNKNOWN));
                }
            });
        }
        return faults;
    }

    private List<BadRequest> queries(Operation operation) {
        List<BadRequest> faults = new ArrayList<>();
        faults.add(query(operation, "no-such-parameter", "&no-such-parameter=1"));
        for (Field query : operation.queries()) {
            for (String value : badValues(query)) {
                faults.add(query(operation, query.name(), "&" + query.name() + "=" + value));
            }
            if (query.required()) {
                faults.add(query(operation, query.name(), ""));
            }
        }
        return faults;
    }

    private static List<String> badValues(Field query) {
        String veryLong = "a".repeat(3000);
        return switch (query.name()) {
            case "limit" -> List.of("0", "-1", "201", "many", "99999999999999999999", "");
            case "cursor" -> List.of("garbage", "%00", "eyJhIjoxfQ", veryLong);
            case "sort" -> List.of("nothing", "-", "name;drop", "%00");
            default ->
                query.enumerated()
                        ? List.of("neither", "%00", "")
                        : switch (query.type()) {
                            case "integer" -> List.of("many", "-1", "1.5", "99999999999999999999", "");
                            case "date-time" -> List.of("yesterday", "2026-13-01T00:00:00Z", "");
                            case "boolean" -> List.of("perhaps", "2", "");
                            default -> List.of("a%00b");
                        };
        };
    }

    /** @param bad what is wrong, appended to the queries that the operation cannot do without */
    private BadRequest query(Operation operation, String query, String bad) {
        String needed = operation.queries().stream()
                .filter(each -> each.required() && !each.name().equals(query))
                .map(each -> "&" + each.name() + "=development")
                .collect(Collectors.joining());
        Map<String, String> headers = new HashMap<>();
        if (operation.takesBody()) {
            headers.put("Content-Type", operation.contentTypes().iterator().next());
        }
        String fault = bad.isEmpty() ? "no ?" + query : "?" + bad.substring(1, Math.min(bad.length(), 40));
        return BadRequest.of(
                fault,
                operation,
                world.path(operation) + "?" + (needed + bad).replaceFirst("^&", ""),
                operation.path().startsWith("/data-planes")
                        ? world.platform().tokens().launcher()
                        : world.owner(),
                headers,
                "",
                INVALID,
                query);
    }

    private List<BadRequest> preconditions(Operation operation) {
        List<BadRequest> faults = new ArrayList<>();
        if (operation.needsIfMatch()) {
            faults.add(precondition("no If-Match", operation, Map.of(), 428));
        }
        if (operation.takesIfMatch()) {
            faults.add(precondition("a stale If-Match", operation, Map.of("If-Match", STALE), 412));
            faults.add(precondition("an If-Match that is none", operation, Map.of("If-Match", "garbage"), 400, 412));
        }
        return faults;
    }

    private BadRequest precondition(
            String fault, Operation operation, Map<String, String> headers, Integer... statuses) {
        Map<String, String> all = new HashMap<>(headers);
        String body = "";
        if (operation.takesJson()) {
            all.put("Content-Type", operation.jsonType());
            body = Json.write(bodies.required(operation));
        }
        return BadRequest.of(
                fault,
                operation,
                world.path(operation),
                operation.path().startsWith("/data-planes")
                        ? world.platform().tokens().launcher()
                        : world.owner(),
                all,
                body,
                Set.of(statuses),
                "");
    }

    private List<BadRequest> idempotency(Operation operation) {
        if (!operation.headers().contains("Idempotency-Key")) {
            return List.of();
        }
        List<BadRequest> faults = new ArrayList<>();
        for (String key : List.of("k".repeat(1000), " ")) {
            faults.add(BadRequest.of(
                    "the Idempotency-Key " + (key.length() > 30 ? "very long" : key),
                    operation,
                    world.path(operation),
                    world.owner(),
                    Map.of("Content-Type", operation.jsonType(), "Idempotency-Key", key),
                    Json.write(bodies.required(operation)),
                    INVALID,
                    "Idempotency-Key"));
        }
        return faults;
    }

    private List<BadRequest> methods(Operation operation, Set<String> present) {
        return Set.of("GET", "POST", "PUT", "PATCH", "DELETE").stream()
                .filter(method -> !present.contains(method))
                .map(method -> new BadRequest(
                        "the method " + method,
                        method,
                        world.path(operation),
                        world.owner(),
                        Map.of("Content-Type", "application/json"),
                        "{}".getBytes(StandardCharsets.UTF_8),
                        Set.of(405),
                        ""))
                .toList();
    }

    /** The request as it should be, but for who calls or what the path names. */
    private BadRequest refused(String fault, Operation operation, String path, String token, Set<Integer> statuses) {
        Map<String, String> headers = new HashMap<>();
        if (operation.needsIfMatch()) {
            headers.put("If-Match", "\"1\"");
        }
        String body = "";
        if (operation.takesJson()) {
            headers.put("Content-Type", operation.jsonType());
            body = Json.write(bodies.required(operation));
        } else if (operation.takesBody()) {
            headers.put("Content-Type", operation.contentTypes().iterator().next());
            body = "not an archive";
        }
        return BadRequest.of(fault, operation, complete(operation, path), token, headers, body, statuses, "");
    }

    private static String complete(Operation operation, String path) {
        return operation.asks("environment") ? path + "?environment=development" : path;
    }
}
