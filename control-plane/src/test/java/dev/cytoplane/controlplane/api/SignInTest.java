package dev.cytoplane.controlplane.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Whose tokens are taken, and for how long. */
@ControlPlaneTest
class SignInTest {

    @LocalServerPort
    int port;

    @Test
    void withoutATokenSaysWhereToGetOne() {
        var answer = Client.anonymous(port).get("/api/v1/me");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate"))
                .contains("Bearer")
                .contains("resource_metadata=\"http://localhost/.well-known/oauth-protected-resource\"");
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void theMetadataIsOpenAndNamesTheIssuer() {
        var answer = Client.anonymous(port).get("/.well-known/oauth-protected-resource");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("/authorization_servers/0")).isEqualTo(TestIssuer.SHARED.issuer());
        assertThat(answer.text("/cytoplane_cli_client_id")).isEqualTo("cytoplane-cli");
        assertThat(Client.anonymous(port).get("/healthz").status()).isEqualTo(200);
    }

    @Test
    void refusesATokenThatIsExpiredForAnotherAudienceOfAnotherIssuerOrForged() {
        TestIssuer issuer = TestIssuer.SHARED;
        Client client = Client.anonymous(port);

        String expired = issuer.token(
                "ann", it -> it.expirationTime(Date.from(Instant.now().minusSeconds(60))));
        String otherAudience = issuer.token("ann", it -> it.audience("cytoplane-cells"));
        String otherIssuer = issuer.token("ann", it -> it.issuer("http://evil.example"));

        for (String token : new String[] {expired, otherAudience, otherIssuer, issuer.forged("ann"), "x", "cyto_x"}) {
            var answer = client.withToken(token).get("/api/v1/me");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).contains("invalid_token");
        }
        assertThat(client.withToken(issuer.token("ann")).get("/api/v1/me").status())
                .isEqualTo(200);
    }

    @Test
    void anAccessTokenActsAsItsUserUntilItIsDeleted() {
        Client ann = Client.of(port, "ann-with-token");
        Organization organization = Organization.create(ann);

        var created = ann.post("/api/v1/me/tokens", "{\"name\": \"laptop\", \"expiresInDays\": 1}");
        Client byToken = ann.withToken(created.text("/token"));

        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        assertThat(created.text("/token")).startsWith("cyto_");
        assertThat(byToken.get("/api/v1/me").text("/username")).isEqualTo("ann-with-token");
        assertThat(byToken.get(organization.path()).status()).isEqualTo(200);
        assertThat(ann.get("/api/v1/me/tokens").toString()).contains("laptop").doesNotContain(created.text("/token"));

        assertThat(ann.delete("/api/v1/me/tokens/" + created.text("/id")).status())
                .isEqualTo(204);
        assertThat(byToken.get("/api/v1/me").status()).isEqualTo(401);
    }

    @Test
    void nobodyDeletesTheTokenOfSomeoneElse() {
        String id = Client.of(port, "ann")
                .post("/api/v1/me/tokens", "{\"name\": \"mine\"}")
                .text("/id");

        assertThat(Client.of(port, "ben").delete("/api/v1/me/tokens/" + id).status())
                .isEqualTo(404);
    }

    @Test
    void theManagementListenerShowsNothingButHealth(
            @org.springframework.beans.factory.annotation.Value("${local.management.port}") int management) {
        Client anonymous = Client.anonymous(management);

        assertThat(anonymous.get("/actuator/health").text("/status")).isEqualTo("UP");
        assertThat(anonymous.get("/actuator/metrics").status()).isEqualTo(401);
        assertThat(Client.of(management, "ann").get("/actuator/env").status()).isEqualTo(404);
    }
}
