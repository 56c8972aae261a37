package dev.cytoplane.endtoend.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Echo;
import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.Sandbox;
import dev.cytoplane.endtoend.platform.Waits;
import dev.cytoplane.endtoend.platform.WithPlatform;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An application that is registered when the endpoints that it calls are there already. */
@WithPlatform
class LateClientTest {

    private static final String SCOPE = "late:read";
    private static final String GUARDED = Echo.PUBLIC.replace("    visibility: public\n", """
                visibility: public
                security:
                  authentication: required
                  scopes: [%s]
            """.formatted(SCOPE));

    private final Platform platform;

    LateClientTest(Platform platform) {
        this.platform = platform;
    }

    @Test
    void aClientThatIsMarkedAfterTheReleaseMayAskForItsScopes() {
        Sandbox sandbox = platform.sandbox("late");
        sandbox.deploy("echo", Echo.tree(platform, sandbox, "guarded", GUARDED));
        String url = sandbox.url("echo") + "/version";
        assertThat(platform.http().get(url).status()).isEqualTo(401);

        String secret = platform.tokens().client("late-client", "cytoplane-cells", Map.of("cytoplane.cells", "true"));

        Waits.until("its token has the scope", Waits.LONG, () -> {
            String token = platform.tokens().of("late-client", secret, SCOPE);
            assertThat(platform.http()
                            .get(url, Map.of("Authorization", "Bearer " + token))
                            .status())
                    .isEqualTo(200);
        });
    }
}
