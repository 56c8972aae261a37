package dev.cytoplane.controlplane.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Against a given Keycloak with the realm of {@code deploy/keycloak}: its address, and the control plane's client secret
 * there. The end-to-end tests go the same ways on a Keycloak that they start.
 */
@EnabledIfEnvironmentVariable(named = "CYTOPLANE_TEST_KEYCLOAK", matches = "http.+")
class KeycloakTest {

    private static final String CLIENT = "cytoplane-control-plane";

    private final String url = Objects.requireNonNullElse(System.getenv("CYTOPLANE_TEST_KEYCLOAK"), "");
    private final String secret = Objects.requireNonNullElse(System.getenv("CYTOPLANE_TEST_KEYCLOAK_SECRET"), "");

    private KeycloakRealm realm;
    private KeycloakDirectory directory;

    @BeforeEach
    void connect() {
        realm = new KeycloakRealm(new KeycloakSettings(url, "cytoplane", CLIENT, secret));
        directory = new KeycloakDirectory(realm, new OidcSettings(url + "/realms/cytoplane", "cytoplane-api", null));
    }

    @AfterEach
    void close() {
        realm.close();
    }

    @Test
    void findsUsersByTheirExactName() {
        assertThat(directory.subjectOf("admin")).isPresent();
        assertThat(directory.subjectOf("adm")).isEmpty();
        assertThat(directory.subjectOf("a\f"))
                .as("a name that no user can have")
                .isEmpty();
    }

    @Test
    void knowsWhoHoldsTheRolePlatformAdmin() {
        assertThat(directory.isPlatformAdmin(directory.subjectOf("admin").orElseThrow()))
                .isTrue();
        assertThat(directory.isPlatformAdmin(
                        directory.createServiceAccount("acme.plain", "Test").subject()))
                .isFalse();
        assertThat(directory.isPlatformAdmin("no-such-subject")).isFalse();
        directory.deleteServiceAccount("acme.plain");
    }

    @Test
    void aServiceAccountGetsTokensForTheApiUntilItIsDeleted() throws Exception {
        var client = directory.createServiceAccount("acme.ci", "Test");
        var again = directory.createServiceAccount("acme.ci", "Test");

        JsonNode claims = claims(token("acme.ci", again.clientSecret(), "openid"));

        assertThat(again.subject()).isEqualTo(client.subject());
        assertThat(claims.at("/sub").asString()).isEqualTo(client.subject());
        assertThat(claims.at("/aud").toString()).contains("cytoplane-api");
        assertThat(claims.at("/preferred_username").asString()).isEqualTo("service-account-acme.ci");
        assertThat(claims.at("/realm_access/roles").toString()).doesNotContain("platform-admin");

        directory.deleteServiceAccount("acme.ci");
        directory.deleteServiceAccount("acme.ci");
        assertThat(answer("acme.ci", again.clientSecret(), "openid").statusCode())
                .isEqualTo(401);
    }

    @Test
    void aScopeOfAnEndpointCanBeAskedForByClientsThatCallCells() throws Exception {
        var scopes = new CellScopes(realm, "cytoplane-cells");
        scopes.ensure(Set.of("orders:read", "orders:write"));
        scopes.ensure(Set.of("orders:read"));

        String demo = realm.ask(it -> {
            var found = it.clients().findByClientId("demo-customer").getFirst();
            return it.clients().get(found.getId()).getSecret().getValue();
        });
        JsonNode claims = claims(token("demo-customer", demo, "orders:read"));

        assertThat(claims.at("/scope").asString()).contains("orders:read").doesNotContain("orders:write");
        assertThat(claims.at("/aud").toString()).contains("cytoplane-cells").doesNotContain("cytoplane-api");
    }

    private String token(String client, String clientSecret, String scope) throws Exception {
        var answer = answer(client, clientSecret, scope);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonMapper().readTree(answer.body()).at("/access_token").asString();
    }

    private HttpResponse<String> answer(String client, String clientSecret, String scope)
            throws IOException, InterruptedException {
        String form = Map.of(
                        "grant_type", "client_credentials",
                        "client_id", client,
                        "client_secret", clientSecret,
                        "scope", scope)
                .entrySet()
                .stream()
                .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(url + "/realms/cytoplane/protocol/openid-connect/token"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(form))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static JsonNode claims(String token) {
        return new JsonMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
    }
}
