package dev.cytoplane.dataplane.identity;

import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeyTemplates;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.hybrid.HybridConfig;
import dev.cytoplane.dataplane.storage.StateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * Opens what was sealed to this data plane (HPKE, RFC 9180, as Tink has it). The private key is made here and never
 * leaves; each ciphertext is bound to the cell, component and variable that it is for.
 */
public final class Sealing {

    private static final String TEMPLATE = "DHKEM_X25519_HKDF_SHA256_HKDF_SHA256_AES_256_GCM";

    private final KeysetHandle keys;
    private final HybridDecrypt decrypt;

    public Sealing(Path state) {
        Path file = StateFiles.folder(state.resolve("identity")).resolve("sealing-key.json");
        try {
            HybridConfig.register();
            if (Files.exists(file)) {
                keys = TinkJsonProtoKeysetFormat.parseKeyset(Files.readString(file), InsecureSecretKeyAccess.get());
            } else {
                keys = KeysetHandle.generateNew(KeyTemplates.get(TEMPLATE));
                StateFiles.write(
                        file,
                        TinkJsonProtoKeysetFormat.serializeKeyset(keys, InsecureSecretKeyAccess.get())
                                .getBytes(StandardCharsets.UTF_8));
            }
            decrypt = keys.getPrimitive(RegistryConfiguration.get(), HybridDecrypt.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The sealing key in " + file + " cannot be used", e);
        }
    }

    /** The public keyset in Tink's JSON form. */
    public String publicKey() {
        try {
            return TinkJsonProtoKeysetFormat.serializeKeysetWithoutSecret(keys.getPublicKeysetHandle());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The sealing key has no public part", e);
        }
    }

    /**
     * @param ciphertext Base64
     * @throws IdentityException when it was sealed to another key or for another variable, or was changed
     */
    public String open(String cell, String component, String variable, String ciphertext) {
        String context = cell + "/" + component + "/" + variable;
        try {
            byte[] plain =
                    decrypt.decrypt(Base64.getDecoder().decode(ciphertext), context.getBytes(StandardCharsets.UTF_8));
            return new String(plain, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IdentityException(
                    "The secret " + variable + " of " + component + " is not sealed to this data plane: set it again",
                    e);
        }
    }
}
