package dev.cytoplane.controlplane.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cytoplane.controlplane.PlatformSettings;
import dev.cytoplane.controlplane.api.ControlPlaneTest;
import dev.cytoplane.controlplane.tenancy.Tenancy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

@ControlPlaneTest
class VaultStartTests {

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Tenancy tenancy;

    @Autowired
    PlatformTransactionManager transactions;

    @TempDir
    Path elsewhere;

    @Test
    void refusesToStartWhenTheMasterKeyIsGoneOrAnotherOne() {
        assertThatThrownBy(this::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("master key")
                .hasMessageContaining("is gone");
        assertThat(Files.exists(elsewhere.resolve("keys/master.json")))
                .as("no new key is made in its place")
                .isFalse();

        EnvelopeVault.in(elsewhere.resolve("keys/master.json"));
        assertThatThrownBy(this::start).isInstanceOf(IllegalStateException.class);
    }

    private Vault start() {
        PlatformSettings settings =
                new PlatformSettings(URI.create("http://localhost"), null, null, elsewhere, "cytoplane.local");
        return new VaultConfiguration().vault(settings, jdbc, tenancy, transactions);
    }
}
