package dev.cytoplane.controlplane.secret;

import com.google.crypto.tink.HybridEncrypt;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.hybrid.HybridConfig;
import dev.cytoplane.contracts.json.ContractJson;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

/** A data plane's public key: what is sealed with it opens there and nowhere else. */
public final class SealingKey {

    private final HybridEncrypt encrypt;
    private final String fingerprint;

    private SealingKey(HybridEncrypt encrypt, String fingerprint) {
        this.encrypt = encrypt;
        this.fingerprint = fingerprint;
    }

    /**
     * @param keyset Tink public keyset for hybrid encryption, JSON
     * @throws IllegalArgumentException when it is not one
     */
    public static SealingKey parse(String keyset) {
        try {
            HybridConfig.register();
            return new SealingKey(
                    TinkJsonProtoKeysetFormat.parseKeysetWithoutSecret(keyset)
                            .getPrimitive(RegistryConfiguration.get(), HybridEncrypt.class),
                    ContractJson.sha256(keyset.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException("is not a public keyset for hybrid encryption in Tink's JSON form", e);
        }
    }

    /** Names this key. */
    public String fingerprint() {
        return fingerprint;
    }

    /**
     * @param context cell name, component and variable, joined by slashes
     * @return Base64; another one each time, since sealing is randomized
     */
    String seal(byte[] plain, String context) {
        try {
            return Base64.getEncoder().encodeToString(encrypt.encrypt(plain, context.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot seal " + context, e);
        }
    }
}
