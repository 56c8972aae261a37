package dev.cytoplane.controlplane.openapi;

import dev.cytoplane.controlplane.id.Names;
import dev.cytoplane.controlplane.idempotency.Unrecorded;
import dev.cytoplane.controlplane.page.PageRequest;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.method.HandlerMethod;

/** Adds to each operation what all of its kind have in common: page parameters, headers, and the problems it may answer. */
final class Conventions implements GlobalOperationCustomizer {

    private static final Map<Integer, String> PROBLEMS = Map.ofEntries(
            Map.entry(400, "The request is not valid; errors names the fields."),
            Map.entry(401, "There is no valid token."),
            Map.entry(403, "The caller's role does not have the permission."),
            Map.entry(404, "It does not exist, or the caller may not know of it."),
            Map.entry(409, "The state of things does not allow it."),
            Map.entry(412, "If-Match names another version than the present one."),
            Map.entry(413, "The body is too large."),
            Map.entry(415, "The body has another media type."),
            Map.entry(422, "The Idempotency-Key was used for another request."),
            Map.entry(428, "If-Match is missing."),
            Map.entry(503, "Something that is needed does not answer; try again in a moment."));

    /** What can stand in a path; anything else cannot exist. */
    private static final Map<String, String> PATHS = Map.ofEntries(
            Map.entry("organization", Names.PATTERN),
            Map.entry("project", Names.PATTERN),
            Map.entry("component", Names.PATTERN),
            Map.entry("environment", Names.PATTERN),
            Map.entry("pipeline", Names.PATTERN),
            Map.entry("dataPlane", Names.PATTERN),
            Map.entry("release", "^r-[0-9a-f]{12}$"),
            Map.entry("name", Names.PATTERN));

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        boolean creates = method.hasMethodAnnotation(PostMapping.class);
        boolean replaces = method.hasMethodAnnotation(PutMapping.class);
        boolean patches = method.hasMethodAnnotation(PatchMapping.class);
        boolean deletes = method.hasMethodAnnotation(DeleteMapping.class);
        name(operation, method);
        success(operation, method, creates, deletes);
        events(operation);
        pages(operation, method);
        describe(operation);

        problem(operation, 400, 401, 403, 404, 503);
        if (creates || replaces || patches || deletes) {
            // A body that is too large is refused where none is taken, too.
            problem(operation, 409, 413);
        }
        if (operation.getRequestBody() != null) {
            operation.getRequestBody().setRequired(true);
            problem(operation, 415);
        }
        if (creates && !method.hasMethodAnnotation(Unrecorded.class)) {
            operation.addParametersItem(new Parameter()
                    .in("header")
                    .name("Idempotency-Key")
                    .description("Chosen by the client, for one thing to be made: sent again within a day, the same"
                            + " request gets the same answer.")
                    .schema(new StringSchema().minLength(1).maxLength(255).pattern("^[\\x21-\\x7e]+$")));
            problem(operation, 422);
        }
        boolean conditional = hasHeader(operation, "If-Match");
        if (conditional) {
            problem(operation, 412);
            if (replaces || patches) {
                // What does not exist yet has no version that could be named.
                boolean mayCreate = operation.getResponses().containsKey("201");
                operation.getParameters().stream()
                        .filter(it -> "If-Match".equals(it.getName()))
                        .forEach(it -> it.setRequired(!mayCreate));
                problem(operation, 428);
            }
        }
        return operation;
    }

    /** Handwritten ids win; else method and controller, as in listBuilds. */
    private static void name(Operation operation, HandlerMethod method) {
        var written = method.getMethodAnnotation(io.swagger.v3.oas.annotations.Operation.class);
        if (written == null || written.operationId().isEmpty()) {
            String noun = method.getBeanType().getSimpleName().replace("Controller", "");
            operation.setOperationId(method.getMethod().getName() + noun);
        }
    }

    private static void success(Operation operation, HandlerMethod method, boolean creates, boolean deletes) {
        ApiResponses responses = operation.getResponses();
        var status = method.getMethodAnnotation(ResponseStatus.class);
        boolean entity =
                ResponseEntity.class.isAssignableFrom(method.getMethod().getReturnType());
        ApiResponse ok = responses.get("200");
        if (ok != null && status == null && entity && creates && !documented(method)) {
            responses.remove("200");
            responses.addApiResponse("201", ok.description("Created"));
            ok.addHeaderObject(
                    "Location", new Header().description("Its address").schema(new StringSchema()));
        } else if (ok != null && status == null && entity && deletes && !documented(method)) {
            responses.remove("200");
            responses.addApiResponse("204", new ApiResponse().description("Deleted"));
            return;
        }
        if (ok != null && versioned(method)) {
            ok.addHeaderObject(
                    "ETag",
                    new Header().description("Its version, for If-Match").schema(new StringSchema()));
        }
    }

    /** A stream's schema is that of one event. */
    private static void events(Operation operation) {
        ApiResponse ok = operation.getResponses().get("200");
        MediaType stream = ok == null || ok.getContent() == null
                ? null
                : ok.getContent().get(org.springframework.http.MediaType.TEXT_EVENT_STREAM_VALUE);
        if (stream == null) {
            return;
        }
        var data = new StringSchema();
        if (stream.getSchema() != null && stream.getSchema().get$ref() != null) {
            // No contentSchema: springdoc does not follow it, and leaves out what nothing else refers to.
            data.contentMediaType(org.springframework.http.MediaType.APPLICATION_JSON_VALUE);
        }
        var event = new Schema<>();
        event.setTypes(Set.of("object"));
        event.addProperty("id", new StringSchema());
        event.addProperty("event", new StringSchema());
        event.addProperty("data", data);
        stream.setSchema(event.required(List.of("data")));
    }

    private static boolean documented(HandlerMethod method) {
        return method.hasMethodAnnotation(io.swagger.v3.oas.annotations.responses.ApiResponse.class)
                || method.hasMethodAnnotation(io.swagger.v3.oas.annotations.responses.ApiResponses.class);
    }

    private static boolean versioned(HandlerMethod method) {
        return method.getMethod().getGenericReturnType() instanceof java.lang.reflect.ParameterizedType type
                && type.getRawType() == ResponseEntity.class
                && type.getActualTypeArguments()[0] instanceof Class<?> body
                && dev.cytoplane.controlplane.concurrency.Versioned.class.isAssignableFrom(body);
    }

    private static void pages(Operation operation, HandlerMethod method) {
        if (Arrays.stream(method.getMethodParameters()).noneMatch(it -> it.getParameterType() == PageRequest.class)) {
            return;
        }
        var limit = new IntegerSchema();
        limit.minimum(java.math.BigDecimal.ONE);
        limit.maximum(java.math.BigDecimal.valueOf(PageRequest.MAX_LIMIT));
        limit.setDefault(PageRequest.DEFAULT_LIMIT);
        operation.addParametersItem(query("limit", "How many at most", limit));
        operation.addParametersItem(query(
                "cursor",
                "nextCursor of the page before",
                new StringSchema().minLength(1).pattern("^[A-Za-z0-9_-]+$")));
        operation.addParametersItem(query(
                "sort", "A field's name, with a minus to turn it round", new StringSchema().pattern("^-?[A-Za-z]+$")));
    }

    private static Parameter query(String name, String description, Schema<?> schema) {
        return new Parameter().in("query").name(name).description(description).schema(schema);
    }

    private static void describe(Operation operation) {
        if (operation.getParameters() == null) {
            return;
        }
        for (Parameter parameter : operation.getParameters()) {
            if (parameter.getDescription() == null && "path".equals(parameter.getIn())) {
                parameter.setDescription(
                        "id".equals(parameter.getName()) ? "Its id" : "Name of the " + parameter.getName());
            }
            if ("path".equals(parameter.getIn())
                    && parameter.getSchema() != null
                    && parameter.getSchema().getFormat() == null
                    && parameter.getSchema().getPattern() == null) {
                parameter.getSchema().setPattern(PATHS.getOrDefault(parameter.getName(), "^[^/;%\\\\\\p{Cc}]+$"));
            }
            if ("If-Match".equals(parameter.getName())) {
                parameter.setDescription("The ETag that was last read");
            }
        }
    }

    private static boolean hasHeader(Operation operation, String name) {
        return operation.getParameters() != null
                && operation.getParameters().stream()
                        .anyMatch(it -> "header".equals(it.getIn())
                                && name.toLowerCase(Locale.ROOT)
                                        .equals(it.getName().toLowerCase(Locale.ROOT)));
    }

    private static void problem(Operation operation, int... statuses) {
        for (int status : statuses) {
            operation
                    .getResponses()
                    .computeIfAbsent(
                            Integer.toString(status),
                            code -> new ApiResponse()
                                    .description(PROBLEMS.get(status))
                                    .content(new Content()
                                            .addMediaType(
                                                    "application/problem+json",
                                                    new MediaType()
                                                            .schema(new Schema<>()
                                                                    .$ref("#/components/schemas/Problem")))));
        }
    }
}
