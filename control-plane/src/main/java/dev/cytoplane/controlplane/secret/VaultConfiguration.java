package dev.cytoplane.controlplane.secret;

import dev.cytoplane.controlplane.PlatformSettings;
import dev.cytoplane.controlplane.audit.Audit;
import dev.cytoplane.controlplane.tenancy.Tenancy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class VaultConfiguration {

    private static final byte[] KNOWN = "known".getBytes(StandardCharsets.UTF_8);
    private static final String CONTEXT = "vault/check";

    /**
     * Refuses to start when the database holds what was sealed with a master key that is not here: with a new key every
     * secret would be lost for good, quietly.
     */
    @Bean
    Vault vault(PlatformSettings settings, JdbcClient jdbc, Tenancy tenancy, PlatformTransactionManager transactions) {
        Path file = settings.state().resolve("keys").resolve("master.json");
        TransactionTemplate transaction = new TransactionTemplate(transactions);
        return tenancy.asPlatform(() -> transaction.execute(status -> open(file, jdbc)));
    }

    private static Vault open(Path file, JdbcClient jdbc) {
        Optional<byte[]> check =
                jdbc.sql("select sealed from vault_check").query(byte[].class).optional();
        if (check.isPresent() && !EnvelopeVault.hasKey(file)) {
            throw new IllegalStateException(
                    "The master key " + file + " is gone, and the database holds secrets that only it opens. "
                            + "Restore the file from its backup.");
        }
        EnvelopeVault vault = EnvelopeVault.in(file);
        check.ifPresentOrElse(
                bytes -> vault.open(Audit.PLATFORM, bytes, CONTEXT),
                () -> jdbc.sql("insert into vault_check (sealed) values (?)")
                        .param(vault.seal(Audit.PLATFORM, KNOWN, CONTEXT))
                        .update());
        return vault;
    }
}
