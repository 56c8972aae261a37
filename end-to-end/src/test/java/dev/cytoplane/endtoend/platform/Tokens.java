package dev.cytoplane.endtoend.platform;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Access tokens from Keycloak by client credentials, as machines get them. */
public final class Tokens {

    private record Kept(String token, Instant until) {}

    private final Http http;
    private final String issuer;
    private final JsonNode credentials;
    private Kept launcher = new Kept("", Instant.MIN);

    Tokens(Http http, String issuer, JsonNode credentials) {
        this.http = http;
        this.issuer = issuer;
        this.credentials = credentials;
    }

    /** A secret that was generated for this home: adminPassword, launcherClientSecret, demoCustomerClientSecret… */
    public String credential(String name) {
        return credentials.path(name).asString();
    }

    /** Valid for another minute at least. */
    public synchronized String launcher() {
        if (Instant.now().isAfter(launcher.until())) {
            String token = of("cytoplane-launcher", credential("launcherClientSecret"), "");
            launcher = new Kept(token, Instant.now().plusSeconds(200));
        }
        return launcher.token();
    }

    /** An application that calls the shop's public endpoints. */
    public String demoCustomer(String scopes) {
        return of("demo-customer", credential("demoCustomerClientSecret"), scopes);
    }

    /** @param scopes separated by spaces; empty for the client's default ones */
    public String of(String client, String secret, String scopes) {
        return request(client, secret, scopes)
                .expect(200)
                .json()
                .path("access_token")
                .asString();
    }

    /** The same, with whatever Keycloak answers. */
    public Answer request(String client, String secret, String scopes) {
        Map<String, String> form =
                new TreeMap<>(Map.of("grant_type", "client_credentials", "client_id", client, "client_secret", secret));
        if (!scopes.isEmpty()) {
            form.put("scope", scopes);
        }
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return http.send(
                "POST",
                issuer + "/protocol/openid-connect/token",
                body.getBytes(StandardCharsets.UTF_8),
                Map.of("Content-Type", "application/x-www-form-urlencoded"));
    }

    /**
     * Makes a client in Keycloak whose tokens are over after a second, and gives one. The audience is right, so that
     * only its age can be what is wrong with it.
     */
    public String shortLived() {
        return of("short-lived", client("short-lived", "cytoplane-api", Map.of("access.token.lifespan", "1")), "");
    }

    /**
     * Makes a client in Keycloak unless it is there, and gives its secret.
     *
     * @param audience of its tokens
     */
    public String client(String id, String audience, Map<String, String> attributes) {
        String secret = "a-secret-of-the-tests";
        Map<String, Object> client = Map.of(
                "clientId",
                id,
                "secret",
                secret,
                "serviceAccountsEnabled",
                true,
                "standardFlowEnabled",
                false,
                "attributes",
                attributes,
                "protocolMappers",
                new Object[] {
                    Map.of(
                            "name", "audience",
                            "protocol", "openid-connect",
                            "protocolMapper", "oidc-audience-mapper",
                            "config", Map.of("included.custom.audience", audience, "access.token.claim", "true"))
                });
        Answer made = http.send(
                "POST",
                issuer.replace("/realms/", "/admin/realms/") + "/clients",
                Json.write(client).getBytes(StandardCharsets.UTF_8),
                Map.of(
                        "Authorization",
                        "Bearer " + of("cytoplane-control-plane", credential("controlPlaneClientSecret"), ""),
                        "Content-Type",
                        "application/json"));
        if (made.status() != 409) {
            made.expect(201);
        }
        return secret;
    }
}
