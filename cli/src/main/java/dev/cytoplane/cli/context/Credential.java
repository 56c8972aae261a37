package dev.cytoplane.cli.context;

import dev.cytoplane.cli.api.Json;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How a context is signed in. */
public sealed interface Credential {

    /** A personal access token of the platform; lasts until it is revoked or runs out. */
    record AccessToken(String token) implements Credential {}

    /** A person's session at the identity provider. */
    record Session(
            URI tokenEndpoint,
            @Nullable URI endSessionEndpoint,
            String clientId,
            String accessToken,
            @Nullable String refreshToken,
            Instant expiresAt)
            implements Credential {}

    /** A machine that signs in by itself. */
    record Client(
            URI tokenEndpoint,
            String clientId,
            String clientSecret,
            @Nullable String accessToken,
            Instant expiresAt) implements Credential {}

    static Credential of(JsonNode node) {
        return switch (Json.text(node, "kind")) {
            case "session" ->
                new Session(
                        URI.create(Json.text(node, "tokenEndpoint")),
                        uri(Json.textOrNull(node, "endSessionEndpoint")),
                        Json.text(node, "clientId"),
                        Json.text(node, "accessToken"),
                        Json.textOrNull(node, "refreshToken"),
                        Instant.parse(Json.text(node, "expiresAt")));
            case "client" ->
                new Client(
                        URI.create(Json.text(node, "tokenEndpoint")),
                        Json.text(node, "clientId"),
                        Json.text(node, "clientSecret"),
                        Json.textOrNull(node, "accessToken"),
                        Instant.parse(Json.text(node, "expiresAt")));
            default -> new AccessToken(Json.text(node, "token"));
        };
    }

    default ObjectNode toJson() {
        ObjectNode node = Json.object();
        switch (this) {
            case AccessToken token -> node.put("kind", "token").put("token", token.token());
            case Session session -> {
                node.put("kind", "session")
                        .put("tokenEndpoint", session.tokenEndpoint().toString())
                        .put("clientId", session.clientId())
                        .put("accessToken", session.accessToken())
                        .put("expiresAt", session.expiresAt().toString());
                if (session.refreshToken() != null) {
                    node.put("refreshToken", session.refreshToken());
                }
                if (session.endSessionEndpoint() != null) {
                    node.put("endSessionEndpoint", session.endSessionEndpoint().toString());
                }
            }
            case Client client -> {
                node.put("kind", "client")
                        .put("tokenEndpoint", client.tokenEndpoint().toString())
                        .put("clientId", client.clientId())
                        .put("clientSecret", client.clientSecret())
                        .put("expiresAt", client.expiresAt().toString());
                if (client.accessToken() != null) {
                    node.put("accessToken", client.accessToken());
                }
            }
        }
        return node;
    }

    private static @Nullable URI uri(@Nullable String text) {
        return text == null ? null : URI.create(text);
    }
}
