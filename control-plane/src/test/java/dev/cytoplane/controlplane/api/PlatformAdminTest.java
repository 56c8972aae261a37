package dev.cytoplane.controlplane.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.controlplane.access.TestDirectory;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Which tokens may manage the platform. */
@ControlPlaneTest
class PlatformAdminTest {

    private static final String DATA_PLANES = "/api/v1/data-planes";

    @LocalServerPort
    int port;

    private final String name = "root-" + UUID.randomUUID().toString().substring(0, 8);
    private Client root;

    @BeforeEach
    void anAdministrator() {
        root = Client.anonymous(port).withToken(TestIssuer.SHARED.platformAdmin(name));
        TestDirectory.ADMINISTRATORS.add(TestIssuer.subject(name));
    }

    @AfterEach
    void leave() {
        TestDirectory.ADMINISTRATORS.remove(TestIssuer.subject(name));
    }

    @Test
    void aTokenHasTheRoleOnlyWhenItWasMadeForIt() {
        Client plain = token("{\"name\": \"git\"}");
        Client admin = token("{\"name\": \"platform\", \"platformAdmin\": true}");

        assertThat(plain.get(DATA_PLANES).status()).isEqualTo(403);
        assertThat(plain.get("/api/v1/me").json().at("/platformAdmin").asBoolean())
                .isFalse();
        assertThat(admin.get(DATA_PLANES).status()).isEqualTo(200);
        assertThat(admin.get("/api/v1/me").json().at("/platformAdmin").asBoolean())
                .isTrue();
        assertThat(root.get("/api/v1/me/tokens?sort=name").json().findValuesAsString("platformAdmin"))
                .containsExactly("false", "true");
    }

    @Test
    void whoLosesTheRoleLosesItAtOnceInEveryToken() {
        Client admin = token("{\"name\": \"platform\", \"platformAdmin\": true}");

        TestDirectory.ADMINISTRATORS.remove(TestIssuer.subject(name));

        assertThat(admin.get(DATA_PLANES).status()).isEqualTo(403);
        assertThat(admin.post("/api/v1/me/tokens", "{\"name\": \"more\", \"platformAdmin\": true}")
                        .status())
                .isEqualTo(403);
        assertThat(admin.get("/api/v1/me").json().at("/platformAdmin").asBoolean())
                .isFalse();
    }

    @Test
    void aTokenWithoutTheRoleMakesNoneWithIt() {
        Client plain = token("{\"name\": \"git\"}");

        for (Client each : new Client[] {plain, Client.of(port, "ann"), Client.of(port, name)}) {
            assertThat(each.post("/api/v1/me/tokens", "{\"name\": \"more\", \"platformAdmin\": true}")
                            .status())
                    .isEqualTo(403);
        }
        assertThat(root.get("/api/v1/me/tokens").json().findValuesAsString("name"))
                .containsExactly("git");
    }

    private Client token(String body) {
        var created = root.post("/api/v1/me/tokens", body);
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        return root.withToken(created.text("/token"));
    }
}
