package dev.cytoplane.controlplane.webhook;

import dev.cytoplane.controlplane.problem.Problem;
import dev.cytoplane.controlplane.source.ComponentSource;
import dev.cytoplane.controlplane.source.Sources;
import dev.cytoplane.controlplane.tenancy.Tenancy;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where Git hosts deliver, on the webhook listener. Which host, and its secret, are the stored component's: no header of
 * a request chooses them. Nothing of a body is read before its signature is proven.
 */
@Hidden
@RestController
class DeliveryController {

    /** GitHub sends no more. */
    static final int BODY_LIMIT = 25 * 1024 * 1024;

    private static final Pattern NAME = Pattern.compile("[a-z_]{1,60}");
    private static final Pattern NUMBER = Pattern.compile("[A-Za-z0-9-]{1,100}");

    private final Sources sources;
    private final Webhooks webhooks;
    private final Deliveries deliveries;
    private final Tenancy tenancy;
    private final JsonMapper json;

    DeliveryController(Sources sources, Webhooks webhooks, Deliveries deliveries, Tenancy tenancy, JsonMapper json) {
        this.sources = sources;
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.tenancy = tenancy;
        this.json = json;
    }

    /**
     * What the sender is told.
     *
     * @param repeated whether this delivery was handled before, and nothing was done now
     */
    record Answer(
            Delivery.Outcome outcome,
            String message,
            @Nullable UUID build,
            boolean repeated) {}

    /**
     * Takes a delivery; what it leads to happens later. 202 when it was proven, whatever came of it; 401 without a valid
     * signature; 404 for a component without a webhook; 400 for what is no delivery of GitHub's; 413 above 25 MiB.
     */
    @PostMapping("/webhooks/{componentId}")
    ResponseEntity<Answer> deliver(@PathVariable UUID componentId, HttpServletRequest request) throws IOException {
        byte[] body = body(request);
        ComponentSource source = sources.find(componentId).orElseThrow(() -> unknown(componentId));
        UUID organization = source.scope().organizationId();
        Webhook webhook =
                tenancy.in(organization, () -> webhooks.find(componentId)).orElseThrow(() -> unknown(componentId));
        if (!GitHubSignature.isValid(request.getHeader(GitHubSignature.HEADER), webhooks.secret(webhook), body)) {
            throw Problem.of(
                    HttpStatus.UNAUTHORIZED,
                    "signature",
                    "The header %s is missing or does not prove this body. This webhook takes GitHub's deliveries, signed with the secret that was shown when it was made."
                            .formatted(GitHubSignature.HEADER));
        }
        String event = header(request, "X-GitHub-Event", NAME);
        String number = header(request, "X-GitHub-Delivery", NUMBER);
        GitHubEvent told = new GitHubEvent(event, payload(request, body));
        Deliveries.Taken taken = tenancy.in(organization, () -> deliveries.take(webhook, source, number, told));
        Delivery delivery = taken.delivery();
        return ResponseEntity.accepted()
                .body(new Answer(delivery.outcome(), delivery.message(), delivery.build(), taken.repeated()));
    }

    private static byte[] body(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > BODY_LIMIT) {
            throw tooLarge();
        }
        byte[] body = request.getInputStream().readNBytes(BODY_LIMIT + 1);
        if (body.length > BODY_LIMIT) {
            throw tooLarge();
        }
        return body;
    }

    private JsonNode payload(HttpServletRequest request, byte[] body) {
        try {
            JsonNode payload = json.readTree(json(request, body));
            if (payload.isObject()) {
                return payload;
            }
        } catch (JacksonException e) {
            throw Problem.invalid("body", "is not valid JSON: " + e.getOriginalMessage());
        }
        throw Problem.invalid("body", "must be a JSON object");
    }

    /** GitHub can send the payload as JSON or as the field of a form. */
    private static byte[] json(HttpServletRequest request, byte[] body) {
        String type = Objects.requireNonNullElse(request.getContentType(), "");
        if (type.startsWith(MediaType.APPLICATION_JSON_VALUE)) {
            return body;
        }
        if (type.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE)) {
            return Arrays.stream(new String(body, StandardCharsets.UTF_8).split("&"))
                    .filter(field -> field.startsWith("payload="))
                    .findFirst()
                    .map(DeliveryController::decoded)
                    .orElseThrow(() -> Problem.invalid("payload", "is missing in the form"))
                    .getBytes(StandardCharsets.UTF_8);
        }
        throw Problem.of(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE, "media-type", "Deliveries are application/json, or GitHub's form.");
    }

    private static String decoded(String field) {
        try {
            return URLDecoder.decode(field.substring("payload=".length()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("payload", "is not encoded as a form's field");
        }
    }

    private static String header(HttpServletRequest request, String name, Pattern allowed) {
        String value = request.getHeader(name);
        if (value == null || !allowed.matcher(value).matches()) {
            throw Problem.invalid(name, "is missing or none of GitHub's: this webhook takes GitHub's deliveries only");
        }
        return value;
    }

    private static Problem unknown(UUID componentId) {
        return Problem.notFound("webhook", componentId.toString());
    }

    private static Problem tooLarge() {
        return Problem.of(HttpStatus.CONTENT_TOO_LARGE, "too-large", "A delivery is at most 25 MiB.");
    }
}
