package dev.cytoplane.controlplane.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** What a control plane needs to be told, here with an empty state folder and the test's issuer. */
final class TestSurroundings implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** One for the database that all contexts share: what is sealed there opens with the key that is here. */
    private static final Path STATE = folder();

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        TestPropertyValues.of(
                        // Outside repositories of tests are on this machine.
                        "cytoplane.source.allowed-hosts=localhost",
                        // What somebody else changes in a delivery repository is to be seen soon.
                        "cytoplane.gitops.interval=1s",
                        "cytoplane.gitops.first-pause=200ms",
                        "cytoplane.gitops.longest-pause=1s",
                        "cytoplane.state=" + STATE,
                        "cytoplane.console.folder=" + STATE.resolve("console"),
                        "cytoplane.oidc.issuer=" + TestIssuer.SHARED.issuer())
                .applyTo(context);
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("control-plane");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
