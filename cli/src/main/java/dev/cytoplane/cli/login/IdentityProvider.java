package dev.cytoplane.cli.login;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.api.Api;
import dev.cytoplane.cli.api.Http;
import dev.cytoplane.cli.api.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Where a server's users sign in, found by discovery: protected resource metadata (RFC 9728) names the issuer, OpenID
 * Connect discovery its endpoints.
 */
public record IdentityProvider(
        URI issuer,
        URI tokenEndpoint,
        @Nullable URI deviceEndpoint,
        @Nullable URI endSessionEndpoint,
        String clientId) {

    private static final String DEFAULT_CLIENT = "cytoplane-cli";

    public static IdentityProvider discover(URI server, Http http) {
        JsonNode resource = get(http, server.resolve("/.well-known/oauth-protected-resource"));
        List<JsonNode> issuers = Json.list(resource, "authorization_servers");
        if (issuers.isEmpty()) {
            throw notCytoplane(server, null);
        }
        String issuer = issuers.getFirst().asString().replaceAll("/+$", "");
        JsonNode metadata = get(http, URI.create(issuer + "/.well-known/openid-configuration"));
        String clientId = Json.text(resource, "cytoplane_cli_client_id");
        String device = Json.textOrNull(metadata, "device_authorization_endpoint");
        String end = Json.textOrNull(metadata, "end_session_endpoint");
        return new IdentityProvider(
                URI.create(issuer),
                URI.create(Json.text(metadata, "token_endpoint")),
                device == null ? null : URI.create(device),
                end == null ? null : URI.create(end),
                clientId.isEmpty() ? DEFAULT_CLIENT : clientId);
    }

    private static JsonNode get(Http http, URI address) {
        HttpResponse<String> answer = http.send(
                () -> HttpRequest.newBuilder(address)
                        .timeout(Http.TIMEOUT)
                        .header("Accept", "application/json")
                        .build(),
                BodyHandlers.ofString(),
                true);
        if (answer.statusCode() != 200) {
            throw notCytoplane(address, null);
        }
        try {
            return Json.parse(answer.body());
        } catch (JacksonException e) {
            throw notCytoplane(address, e);
        }
    }

    private static Failure notCytoplane(URI address, @Nullable Exception cause) {
        return new Failure(
                ExitCode.FAILED,
                "How to sign in could not be found out at " + address + ".",
                "Check the address: cyto login --server URL",
                cause);
    }

    /** A form to one of the provider's endpoints; the answer's body is JSON in success and in failure (RFC 6749). */
    static Answer post(Http http, URI endpoint, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> Api.encode(field.getKey()) + "=" + Api.encode(field.getValue()))
                .collect(Collectors.joining("&"));
        HttpResponse<String> answer = http.send(
                () -> HttpRequest.newBuilder(endpoint)
                        .timeout(Http.TIMEOUT)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Accept", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString(),
                true);
        JsonNode parsed;
        try {
            parsed = answer.body().isBlank() ? Json.object() : Json.parse(answer.body());
        } catch (JacksonException e) {
            parsed = Json.object();
        }
        return new Answer(answer.statusCode(), parsed);
    }

    record Answer(int status, JsonNode body) {

        boolean ok() {
            return status == 200;
        }

        String error() {
            return Json.text(body, "error");
        }

        String description() {
            String description = Json.text(body, "error_description");
            return description.isEmpty() ? error().isEmpty() ? "HTTP " + status : error() : description;
        }
    }
}
