package dev.cytoplane.endtoend.platform;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;

/** A component's webhook as GitHub sees it: an address, and the secret that its deliveries are signed with. */
public record GitHubHook(Http http, String url, String secret) {

    public static final String EVENT = "X-GitHub-Event";
    public static final String SIGNATURE = "X-Hub-Signature-256";
    public static final String DELIVERY = "X-GitHub-Delivery";

    /** Makes the component's webhook. */
    public static GitHubHook make(Platform platform, Api api, String component, String settings) {
        JsonNode hook = api.send("PUT", component + "/webhook", settings, Map.of())
                .expect(201)
                .json();
        return new GitHubHook(
                platform.http(),
                hook.path("url").asString(),
                hook.path("secret").asString());
    }

    /** The same webhook with the secret that replaces this one. */
    public GitHubHook rotated(Api api, String component) {
        JsonNode rotated =
                api.post(component + "/webhook/rotate", Map.of()).expect(200).json();
        return new GitHubHook(http, url, rotated.path("secret").asString());
    }

    /** Delivers as GitHub does. */
    public Answer send(String event, String delivery, String body) {
        return post(body, Map.of(EVENT, event, DELIVERY, delivery, SIGNATURE, signature(secret, body)));
    }

    /** Delivers with these headers, which may be anything. */
    public Answer post(String body, Map<String, String> headers) {
        return post(url, body, headers);
    }

    /** Delivers to an address that may be another one. */
    public Answer post(String to, String body, Map<String, String> headers) {
        var all = new HashMap<>(headers);
        all.putIfAbsent("Content-Type", "application/json");
        all.putIfAbsent(DELIVERY, UUID.randomUUID().toString());
        all.put("User-Agent", "GitHub-Hookshot/test");
        return http.send("POST", to, body.getBytes(StandardCharsets.UTF_8), all);
    }

    /** What GitHub would write into {@value #SIGNATURE}. */
    public static String signature(String key, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
