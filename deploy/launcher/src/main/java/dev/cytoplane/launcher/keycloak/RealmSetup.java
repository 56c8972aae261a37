package dev.cytoplane.launcher.keycloak;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.api.Api;
import dev.cytoplane.cli.api.Http;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.launcher.platform.Credentials;
import dev.cytoplane.launcher.platform.Platform;
import dev.cytoplane.launcher.platform.PortName;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Makes the realm through Keycloak's admin API, in one request that is one transaction there. The distribution's own
 * import at start would need the file inside the distribution, which homes share.
 */
final class RealmSetup {

    private final URI keycloak;
    private final RealmTemplate template;
    private final Credentials credentials;
    private final Http http = new Http();

    RealmSetup(Platform platform, Credentials credentials) {
        this.keycloak = URI.create("http://127.0.0.1:" + platform.port(PortName.KEYCLOAK));
        this.template = new RealmTemplate(platform, credentials);
        this.credentials = credentials;
    }

    void create() {
        String token = adminToken();
        HttpResponse<String> answer = http.send(
                () -> HttpRequest.newBuilder(keycloak.resolve("/admin/realms"))
                        .timeout(Duration.ofMinutes(2))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(template.fill()))
                        .build(),
                BodyHandlers.ofString(),
                false);
        // 409: an earlier start made it and was ended before it could say so.
        if (answer.statusCode() != 201 && answer.statusCode() != 409) {
            throw new Failure(
                    ExitCode.FAILED,
                    "Keycloak refused the realm: " + answer.statusCode() + " " + answer.body(),
                    "Its log says more: cyto logs --service keycloak");
        }
    }

    private String adminToken() {
        String form = "grant_type=password&client_id=admin-cli&username=" + KeycloakService.BOOTSTRAP_USER
                + "&password=" + Api.encode(credentials.get(Credentials.Name.KEYCLOAK_ADMIN_PASSWORD));
        HttpResponse<String> answer = http.send(
                () -> HttpRequest.newBuilder(keycloak.resolve("/realms/master/protocol/openid-connect/token"))
                        .timeout(Http.TIMEOUT)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString(),
                true);
        if (answer.statusCode() != 200) {
            throw new Failure(
                    ExitCode.FAILED,
                    "Keycloak's administrator cannot sign in: " + answer.body(),
                    "The file credentials does not fit this database. cyto reset starts afresh.");
        }
        return Json.text(Json.parse(answer.body()), "access_token");
    }
}
