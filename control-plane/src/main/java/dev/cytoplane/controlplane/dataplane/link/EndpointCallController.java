package dev.cytoplane.controlplane.dataplane.link;

import dev.cytoplane.contracts.descriptor.Visibility;
import dev.cytoplane.contracts.link.EndpointCall;
import dev.cytoplane.controlplane.access.Access;
import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.access.Permission;
import dev.cytoplane.controlplane.cell.CellDirectory;
import dev.cytoplane.controlplane.id.Names;
import dev.cytoplane.controlplane.idempotency.Unrecorded;
import dev.cytoplane.controlplane.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Trying out an endpoint: one request through the gateway of its cell, as anybody outside could send it. */
@RestController
@Tag(name = "Runtime", description = "What runs, and what it says.")
class EndpointCallController {

    private static final String HEADER_NAME = "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$";
    private static final String HEADER_VALUE = "^[\\x20-\\x7e\\t]*$";
    private static final String PATH = "^/[\\x21\\x22\\x24-\\x5b\\x5d-\\x7e]*$";

    private static final java.util.regex.Pattern BROKEN_ESCAPE = java.util.regex.Pattern.compile("%(?![0-9A-Fa-f]{2})");

    /** What is a matter between two ends of a connection, and where it leads: not the caller's. */
    private static final Set<String> KEPT_OUT = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final Access access;
    private final CellDirectory cells;
    private final EndpointCalls calls;

    EndpointCallController(Access access, CellDirectory cells, EndpointCalls calls) {
        this.access = access;
        this.cells = cells;
        this.calls = calls;
    }

    enum Method {
        GET,
        HEAD,
        POST,
        PUT,
        PATCH,
        DELETE,
        OPTIONS
    }

    record HeaderField(
            @NotNull @Size(max = 100) @Pattern(regexp = HEADER_NAME, message = "must be a header's name")
            String name,

            @NotNull @Size(max = 8_000) @Pattern(regexp = HEADER_VALUE, message = "must be of visible ASCII characters")
            String value) {}

    /**
     * What is to be sent.
     *
     * @param path path and query below the endpoint's address, which cannot be left by it
     * @param headers besides those that HTTP needs; the caller's own token is never sent
     */
    record NewEndpointCall(
            @NotNull @Pattern(regexp = Names.PATTERN, message = Names.MESSAGE)
            String environment,

            @NotNull Method method,

            @NotNull
            @Size(max = 4_000)
            @Pattern(
                    regexp = PATH,
                    message = "must start with a slash and be of visible ASCII characters; encode others")
            String path,

            @Nullable @Size(max = 50) List<@NotNull @Valid HeaderField> headers,

            @Nullable @Size(max = 100_000) String body) {}

    record AnswerHeader(String name, String value) {}

    /**
     * What came back.
     *
     * @param milliseconds until its head was there
     * @param headers in the order of their names
     * @param body as text; null when it is none
     * @param bodyBytes how much of the body was read
     * @param complete whether that is all of it; no more than 256 KiB and 5 seconds of it are read
     */
    record EndpointAnswer(
            int status,
            long milliseconds,
            List<AnswerHeader> headers,
            @Nullable String body,
            int bodyBytes,
            boolean complete) {}

    @PostMapping(
            "/api/v1/organizations/{organization}/projects/{project}/components/{component}/endpoints/{endpoint}/calls")
    @Unrecorded
    @Operation(
            operationId = "callEndpoint",
            summary = "Try out a public endpoint: send one request to it, and read the answer",
            description = "The data plane sends it through the gateway of the cell, as it would come from outside; it"
                    + " reaches that endpoint's address and no other. Redirects are told, not followed. Of the caller"
                    + " nothing is passed on: what an endpoint wants to know is a header to be given. That it was sent"
                    + " is in the audit log, without query, headers and body. To repeat it is as safe as the endpoint"
                    + " is.")
    EndpointAnswer call(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            @PathVariable String endpoint,
            @Valid @RequestBody NewEndpointCall request) {
        ComponentScope scope = access.component(organization, project, component, Permission.DEPLOY);
        requireInside(request.path());
        List<HeaderField> headers = request.headers() == null ? List.of() : request.headers();
        requireFree(headers);
        CellDirectory.Offered offered = cells.offered(scope.projectId(), request.environment(), component, endpoint)
                .orElseThrow(() ->
                        Problem.notFound("endpoint", scope.path() + "/" + endpoint + " in " + request.environment()));
        if (offered.endpoint().visibility() != Visibility.PUBLIC) {
            throw Problem.conflict(
                    "endpoint-not-public",
                    "The endpoint %s is for callers inside of the platform, which have an identity of their own. Only public endpoints can be tried out."
                            .formatted(endpoint));
        }
        EndpointCall.Outcome outcome = calls.call(
                scope,
                request.environment(),
                offered,
                new EndpointCall.Request(
                        request.method().name(),
                        request.path(),
                        headers.stream()
                                .map(it -> new EndpointCall.Header(it.name(), it.value()))
                                .toList(),
                        request.body()));
        return switch (outcome) {
            case EndpointCall.Answered answered -> view(answered);
            case EndpointCall.Unanswered(String reason) ->
                throw Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "endpoint-unanswered", reason);
        };
    }

    /** A prefix that is put before it stays a prefix. */
    private static void requireInside(String path) {
        if (BROKEN_ESCAPE.matcher(path).find()) {
            throw Problem.invalid(
                    "path", "has a % without two hexadecimal digits after it; write %25 for the sign itself");
        }
        String plain = path.split("\\?", 2)[0].replaceAll("(?i)%2e", ".").replaceAll("(?i)%2f|%5c", "/");
        for (String segment : plain.split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                throw Problem.invalid("path", "must not have segments of dots");
            }
        }
    }

    private static void requireFree(List<HeaderField> headers) {
        for (HeaderField header : headers) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (KEPT_OUT.contains(name) || name.startsWith("proxy-")) {
                throw Problem.invalid("headers", header.name() + " is set by the platform");
            }
        }
    }

    private static EndpointAnswer view(EndpointCall.Answered answered) {
        byte[] body = Base64.getDecoder().decode(answered.body());
        return new EndpointAnswer(
                answered.status(),
                answered.millis(),
                answered.headers().stream()
                        .map(it -> new AnswerHeader(it.name(), it.value()))
                        .toList(),
                text(body, answered.complete()),
                body.length,
                answered.complete());
    }

    /** UTF-8 without what no text has; a character that was cut off at the end is left out. */
    private static @Nullable String text(byte[] body, boolean complete) {
        CharBuffer text = CharBuffer.allocate(body.length);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(body), text, complete);
        text.flip();
        return result.isError() || text.toString().indexOf('\0') >= 0 ? null : text.toString();
    }
}
