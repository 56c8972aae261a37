package dev.cytoplane.controlplane.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvelopeVaultTests {

    private static final UUID ACME = UUID.randomUUID();
    private static final byte[] PLAIN = "correct horse".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void opensAfterARestartWhatItSealed() {
        Path file = folder.resolve("keys/master.json");
        byte[] sealed = EnvelopeVault.in(file).seal(ACME, PLAIN, "a");

        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("correct horse");
        assertThat(EnvelopeVault.in(file).open(ACME, sealed, "a")).isEqualTo(PLAIN);
    }

    @Test
    void doesNotOpenInAnotherTenantContextOrUnderAnotherKey() {
        EnvelopeVault vault = EnvelopeVault.in(folder.resolve("one.json"));
        EnvelopeVault other = EnvelopeVault.in(folder.resolve("two.json"));
        byte[] sealed = vault.seal(ACME, PLAIN, "a");

        assertThatThrownBy(() -> vault.open(UUID.randomUUID(), sealed, "a")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> vault.open(ACME, sealed, "b")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> other.open(ACME, sealed, "a")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void keepsItsKeyToItsOwner() throws Exception {
        Path file = folder.resolve("keys/master.json");
        EnvelopeVault.in(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }
}
