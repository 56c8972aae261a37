package dev.cytoplane.launcher.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.home.Home;
import dev.cytoplane.launcher.platform.Credentials;
import dev.cytoplane.launcher.platform.Platform;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class RealmTemplateTests {

    @TempDir
    private Path folder;

    private JsonNode realm = Json.object();

    @BeforeEach
    void fill() {
        Home home = new Home(folder);
        Platform platform = Platform.choose(home, Map.of(), Optional.empty(), new Random());
        realm = Json.parse(new RealmTemplate(platform, new Credentials(home, new SecureRandom())).fill());
    }

    private JsonNode client(String id) {
        return clients()
                .filter(client -> Json.text(client, "clientId").equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Stream<JsonNode> clients() {
        return Json.list(realm, "clients").stream();
    }

    private static List<String> audiences(JsonNode client) {
        return Json.list(client, "protocolMappers").stream()
                .map(mapper -> mapper.at("/config/included.custom.audience").asString())
                .toList();
    }

    @Test
    void leavesNothingUnfilled() {
        assertThat(realm.toString()).doesNotContain("${");
    }

    @Test
    void givesNoClientBothAudiences() {
        assertThat(clients().map(RealmTemplateTests::audiences)).allMatch(audiences -> audiences.size() <= 1);
        assertThat(audiences(client("cytoplane-cli"))).containsExactly("cytoplane-api");
        assertThat(audiences(client("demo-customer"))).containsExactly("cytoplane-cells");
        assertThat(audiences(client("cytoplane-apps"))).containsExactly("cytoplane-cells");
    }

    @Test
    void letsPublicClientsSignInOnlyWithProofKeys() {
        assertThat(clients().filter(client -> client.path("publicClient").asBoolean()))
                .isNotEmpty()
                .allMatch(client -> client.path("attributes")
                        .path("pkce.code.challenge.method")
                        .asString()
                        .equals("S256"));
    }

    @Test
    void letsOnlyTheLauncherTakeAPassword() {
        assertThat(clients()
                        .filter(client ->
                                client.path("directAccessGrantsEnabled").asBoolean())
                        .map(client -> Json.text(client, "clientId")))
                .containsExactly("cytoplane-launcher");
    }
}
