package dev.cytoplane.dataplane.identity;

import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeyTemplates;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.hybrid.HybridConfig;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;

/**
 * Opens what was sealed to this data plane (HPKE, RFC 9180, as Tink has it). The private key is made here and never
 * leaves; each ciphertext is bound to the cell, component and variable that it is for.
 */
public final class Sealing {

    private static final String KEY = "sealing-key.json";
    private static final String TEMPLATE = "DHKEM_X25519_HKDF_SHA256_HKDF_SHA256_AES_256_GCM";

    private final KeysetHandle keys;
    private final HybridDecrypt decrypt;

    public Sealing(KeyStorage storage) {
        try {
            HybridConfig.register();
            Optional<byte[]> kept = storage.read(KEY);
            if (kept.isPresent()) {
                keys = TinkJsonProtoKeysetFormat.parseKeyset(
                        new String(kept.get(), StandardCharsets.UTF_8), InsecureSecretKeyAccess.get());
            } else {
                keys = KeysetHandle.generateNew(KeyTemplates.get(TEMPLATE));
                storage.write(
                        KEY,
                        TinkJsonProtoKeysetFormat.serializeKeyset(keys, InsecureSecretKeyAccess.get())
                                .getBytes(StandardCharsets.UTF_8));
            }
            decrypt = keys.getPrimitive(RegistryConfiguration.get(), HybridDecrypt.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The sealing key " + KEY + " cannot be used", e);
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
