package dev.cytoplane.cli.login;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.api.Http;
import dev.cytoplane.cli.api.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * OAuth 2.0 device authorization grant (RFC 8628) with PKCE: the person signs in with a browser on any device while this
 * program asks, in the rhythm that the server wants, whether it has happened.
 */
final class DeviceFlow {

    private static final Duration SLOWER = Duration.ofSeconds(5);

    private final Http http;
    private final IdentityProvider provider;
    private final SecureRandom random;

    /** What to show the person. */
    record Prompt(URI address, @Nullable URI completeAddress, String code, Duration life) {}

    DeviceFlow(Http http, IdentityProvider provider, SecureRandom random) {
        this.http = http;
        this.provider = provider;
        this.random = random;
    }

    /**
     * @param show shows the prompt; what it returns is run when the wait is over
     * @return the token answer
     */
    JsonNode run(String clientId, String scope, Function<Prompt, Runnable> show) {
        URI endpoint = provider.deviceEndpoint();
        if (endpoint == null) {
            throw new Failure(
                    ExitCode.FAILED,
                    "The identity provider " + provider.issuer() + " has no device flow.",
                    "Sign in with --client-id, or with a token in CYTOPLANE_TOKEN.");
        }
        String verifier = verifier();
        IdentityProvider.Answer started = IdentityProvider.post(
                http,
                endpoint,
                Map.of(
                        "client_id",
                        clientId,
                        "scope",
                        scope,
                        "code_challenge",
                        challenge(verifier),
                        "code_challenge_method",
                        "S256"));
        if (!started.ok()) {
            throw new Failure(ExitCode.NOT_SIGNED_IN, "The sign-in was refused: " + started.description() + ".");
        }
        JsonNode device = started.body();
        Duration life = seconds(device, "expires_in", 600);
        Runnable over = show.apply(new Prompt(
                URI.create(Json.text(device, "verification_uri")),
                uri(Json.textOrNull(device, "verification_uri_complete")),
                Json.text(device, "user_code"),
                life));
        try {
            return poll(clientId, Json.text(device, "device_code"), verifier, seconds(device, "interval", 5), life);
        } finally {
            over.run();
        }
    }

    private JsonNode poll(String clientId, String deviceCode, String verifier, Duration interval, Duration life) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:device_code");
        form.put("device_code", deviceCode);
        form.put("client_id", clientId);
        form.put("code_verifier", verifier);
        Duration pause = interval;
        Duration waited = Duration.ZERO;
        while (waited.compareTo(life) < 0) {
            http.pause(pause);
            waited = waited.plus(pause);
            IdentityProvider.Answer answer = IdentityProvider.post(http, provider.tokenEndpoint(), form);
            if (answer.ok()) {
                return answer.body();
            }
            switch (answer.error()) {
                case "authorization_pending" -> {
                    // Not yet.
                }
                case "slow_down" -> pause = pause.plus(SLOWER);
                case "access_denied" -> throw new Failure(ExitCode.NOT_SIGNED_IN, "The sign-in was declined.");
                case "expired_token" -> throw expired();
                default ->
                    throw new Failure(
                            ExitCode.NOT_SIGNED_IN, "The sign-in failed: " + answer.description() + ".", null);
            }
        }
        throw expired();
    }

    private static Failure expired() {
        return new Failure(ExitCode.NOT_SIGNED_IN, "The code has run out.", "Start again: cyto login");
    }

    private static Duration seconds(JsonNode node, String field, int otherwise) {
        return Duration.ofSeconds(node.path(field).asInt(otherwise));
    }

    private static @Nullable URI uri(@Nullable String text) {
        return text == null ? null : URI.create(text);
    }

    private String verifier() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
