package dev.cytoplane.controlplane.idempotency;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A caller's use of a key. The key itself is not stored: its hash finds the answer, and another hash of it decrypts the
 * answer, which may hold a secret that is shown once.
 *
 * @param requestHash over method, path and body: the same key is for the same request only
 */
record KeyUse(String caller, String key, byte[] requestHash) {

    byte[] keyHash() {
        return hash("find");
    }

    byte[] encryptionKey() {
        return hash("open");
    }

    String context() {
        return caller;
    }

    private byte[] hash(String purpose) {
        MessageDigest digest = sha256();
        for (String part : new String[] {"cytoplane idempotency", purpose, caller, key}) {
            digest.update(part.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        return digest.digest();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
