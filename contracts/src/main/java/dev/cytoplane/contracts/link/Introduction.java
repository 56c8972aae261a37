package dev.cytoplane.contracts.link;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a data plane that was told only its join token knows its control plane: both prove with the token, which is 256 random
 * bits or near it, that they have it, and neither sends it. What is proven is the fingerprint of the root that the data plane
 * then believes, as if it had been told.
 */
public final class Introduction {

    private static final String ROOT = "cytoplane root ";

    private Introduction() {}

    /**
     * {@code POST /link/v1/introductions}, without a client certificate, and before the server's can be checked.
     *
     * @param handle {@link #handle} of the token
     */
    public record Request(String handle) {}

    /**
     * @param caFingerprint {@code sha256:<hex>} of the control plane's root certificate
     * @param proof {@link #proof} of it
     */
    public record Response(String caFingerprint, String proof) {}

    /** What a control plane keeps of a token. */
    public static byte[] hash(String token) {
        return sha256(token.getBytes(StandardCharsets.UTF_8));
    }

    /** Names a token to who has its hash, and tells nobody else anything. */
    public static String handle(byte[] hash) {
        return HexFormat.of().formatHex(sha256(hash));
    }

    /** That somebody who has the token's hash says this fingerprint. */
    public static String proof(byte[] hash, String caFingerprint) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(hash, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal((ROOT + caFingerprint).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has HMAC-SHA-256", e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
