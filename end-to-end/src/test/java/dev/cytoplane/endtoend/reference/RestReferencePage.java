package dev.cytoplane.endtoend.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** An OpenAPI document as a page of Markdown: operations by address, then the bodies they take and give. */
final class RestReferencePage {

    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");
    private static final String INTRODUCTION = """
            <!-- Generated from the served OpenAPI document by RestReferenceTest; change the code, not this page. -->
            # The REST API

            Everything below lies under `/api/v1` and takes and gives JSON. The machine-readable form is OpenAPI 3.1, served at
            `/api/v1/openapi.json` to whoever is signed in.

            - **Sign-in**: `Authorization: Bearer` with an access token of the identity provider or a personal access token.
            - **Lists** have `items` and `nextCursor`; `?limit=` (1 to 200, 50 when left out), `&cursor=`, `&sort=name` or `-createdAt`.
            - **Creating** answers 201 with `Location` and `ETag`. With `Idempotency-Key`, the same request sent again gets the same
              answer for 24 hours.
            - **Changing** (`PUT`, `PATCH` as JSON merge patch) needs `If-Match` with the `ETag`: 428 without, 412 when it has changed
              meanwhile. Secrets are written without it, and so is a webhook when it is made.
            - **Long work** is a resource with a status and a stream of server-sent events at `/events`, which goes on after
              `Last-Event-ID`.
            - **Errors** are `application/problem+json` (RFC 9457) with `type`, `title`, `status`, `detail` and, where a field is wrong,
              `errors` with `field` and `message`. What you may not see is 404, what you may see but not do is 403.
            """;

    private final JsonNode document;
    private final StringBuilder page = new StringBuilder(INTRODUCTION);

    private RestReferencePage(JsonNode document) {
        this.document = document;
    }

    static String of(JsonNode document) {
        var page = new RestReferencePage(document);
        page.operations();
        page.schemas();
        return page.page.toString();
    }

    private void operations() {
        Map<String, List<String>> byTag = new TreeMap<>();
        var paths = new TreeMap<String, JsonNode>();
        document.path("paths").properties().forEach(path -> paths.put(path.getKey(), path.getValue()));
        paths.forEach((path, methods) -> METHODS.stream().filter(methods::has).forEach(method -> {
            JsonNode operation = methods.path(method);
            byTag.computeIfAbsent(group(path), _ -> new ArrayList<>())
                    .add("| `%s %s` | %s | %s | %s |"
                            .formatted(
                                    method.toUpperCase(Locale.ROOT),
                                    path.replaceFirst("^/api/v1", ""),
                                    meaning(operation),
                                    body(operation.path("requestBody")),
                                    answers(operation.path("responses"))));
        }));
        byTag.forEach((tag, rows) -> page.append("\n## ")
                .append(tag)
                .append("\n\n| operation | what it does | takes | answers |\n| --- | --- | --- | --- |\n")
                .append(String.join("\n", rows))
                .append('\n'));
    }

    /** The last kind of thing that the address names: components for …/components/{component}. */
    private static String group(String path) {
        List<String> names = Arrays.stream(path.split("/", -1))
                .filter(part -> !part.isEmpty() && !part.startsWith("{"))
                .toList();
        List<String> kinds = names.stream()
                .filter(name -> path.contains(name + "/{") || name.equals(names.getLast()))
                .toList();
        return kinds.getLast().matches("events|log|cancel|rotate|verification|versions|openapi.json")
                        && names.size() > 1
                ? names.get(names.size() - 2)
                : kinds.getLast();
    }

    private static String meaning(JsonNode operation) {
        String summary = operation.path("summary").asString("");
        String description = operation.path("description").asString("");
        String text = summary.isEmpty() || description.startsWith(summary)
                ? description
                : description.isEmpty() ? summary : summary + ". " + description;
        return cell(text.isEmpty() ? operation.path("operationId").asString("") : text);
    }

    private String body(JsonNode body) {
        return body.path("content").properties().stream()
                .map(content -> content.getKey().contains("json")
                        ? type(content.getValue().path("schema"))
                        : "`" + content.getKey() + "`")
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private String answers(JsonNode responses) {
        return responses.properties().stream()
                .filter(response -> response.getKey().startsWith("2"))
                .map(response -> (response.getKey() + " "
                                + response.getValue().path("content").properties().stream()
                                        .map(content -> content.getKey().equals("text/event-stream")
                                                ? "events"
                                                : type(content.getValue().path("schema")))
                                        .distinct()
                                        .collect(Collectors.joining(", ")))
                        .strip())
                .collect(Collectors.joining("; "));
    }

    private void schemas() {
        var schemas = new TreeMap<String, JsonNode>();
        document.path("components")
                .path("schemas")
                .properties()
                .forEach(schema -> schemas.put(schema.getKey(), schema.getValue()));
        page.append("\n# Bodies\n");
        schemas.forEach((name, schema) -> {
            page.append("\n## ").append(name).append("\n\n");
            if (schema.has("description")) {
                page.append(schema.path("description").asString().strip()).append("\n\n");
            }
            if (!schema.path("properties").isEmpty()) {
                page.append("| field | type | needed | meaning |\n| --- | --- | --- | --- |\n");
                List<String> required = schema.path("required")
                        .valueStream()
                        .map(JsonNode::asString)
                        .toList();
                schema.path("properties")
                        .properties()
                        .forEach(property -> page.append("| `%s` | %s | %s | %s |\n"
                                .formatted(
                                        property.getKey(),
                                        type(property.getValue()),
                                        required.contains(property.getKey()) ? "yes" : "",
                                        cell(property.getValue()
                                                .path("description")
                                                .asString("")))));
            } else {
                page.append(type(schema)).append('\n');
            }
        });
    }

    private static String type(JsonNode schema) {
        String reference = schema.path("$ref").asString("");
        if (!reference.isEmpty()) {
            String name = reference.substring(reference.lastIndexOf('/') + 1);
            return "[%s](#%s)".formatted(name, name.toLowerCase(Locale.ROOT));
        }
        if (schema.has("enum")) {
            return schema.path("enum")
                    .valueStream()
                    .map(value -> "`" + value.asString() + "`")
                    .collect(Collectors.joining(", "));
        }
        for (String alternatives : List.of("oneOf", "anyOf", "allOf")) {
            if (schema.has(alternatives)) {
                return schema.path(alternatives)
                        .valueStream()
                        .map(RestReferencePage::type)
                        .collect(Collectors.joining(" or "));
            }
        }
        JsonNode type = schema.path("type");
        String name = type.isArray()
                ? type.valueStream().map(JsonNode::asString).collect(Collectors.joining(" or "))
                : type.asString("");
        if (name.startsWith("array")) {
            return "list of " + type(schema.path("items"));
        }
        if (name.startsWith("object") && schema.path("additionalProperties").isObject()) {
            return "map to " + type(schema.path("additionalProperties"));
        }
        return schema.has("format") ? name + " (" + schema.path("format").asString() + ")" : name;
    }

    private static String cell(String text) {
        return text.strip().replaceAll("\\s*\\n\\s*", " ").replace("|", "\\|");
    }
}
