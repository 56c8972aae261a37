package dev.cytoplane.controlplane.secret;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.KmsEnvelopeAead;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.UUID;

/**
 * Envelope encryption by Tink: a fresh AES-256-GCM key for each value, itself encrypted by the master key, which stands
 * in a file as a key management service would hold it.
 */
public final class EnvelopeVault implements Vault {

    private final Aead aead;

    private EnvelopeVault(Aead aead) {
        this.aead = aead;
    }

    static boolean hasKey(Path file) {
        return Files.exists(file);
    }

    /** Reads the master key from its file, or makes one there. */
    public static EnvelopeVault in(Path file) {
        try {
            AeadConfig.register();
            String keyset = KeyFile.readOrCreate(file, EnvelopeVault::newKeyset);
            Aead master = TinkJsonProtoKeysetFormat.parseKeyset(keyset, InsecureSecretKeyAccess.get())
                    .getPrimitive(RegistryConfiguration.get(), Aead.class);
            return new EnvelopeVault(KmsEnvelopeAead.create(PredefinedAeadParameters.AES256_GCM, master));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The master key in " + file + " cannot be used", e);
        }
    }

    private static String newKeyset() {
        try {
            return TinkJsonProtoKeysetFormat.serializeKeyset(
                    KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM), InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("No master key can be made", e);
        }
    }

    @Override
    public byte[] seal(UUID organizationId, byte[] plain, String context) {
        try {
            return aead.encrypt(plain, associated(organizationId, context));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot seal " + context, e);
        }
    }

    @Override
    public byte[] open(UUID organizationId, byte[] sealed, String context) {
        try {
            return aead.decrypt(sealed, associated(organizationId, context));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "Cannot open " + context + ": it was sealed for something else, or changed", e);
        }
    }

    private static byte[] associated(UUID organizationId, String context) {
        return (organizationId + "/" + context).getBytes(StandardCharsets.UTF_8);
    }
}
