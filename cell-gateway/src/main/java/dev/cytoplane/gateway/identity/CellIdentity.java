package dev.cytoplane.gateway.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;

/**
 * What a cell proves itself with, and whom it believes. Equal when its PEM sources are equal, so that what was built
 * from it (TLS contexts, pools) is kept across snapshots until a certificate is renewed.
 */
public final class CellIdentity {
    private static final byte[] PROOF = "cytoplane".getBytes(StandardCharsets.US_ASCII);

    private final String spiffeId;
    private final List<X509Certificate> chain;
    private final PrivateKey key;
    private final List<X509Certificate> roots;
    private final String fingerprint;

    private CellIdentity(
            String spiffeId,
            List<X509Certificate> chain,
            PrivateKey key,
            List<X509Certificate> roots,
            String fingerprint) {
        this.spiffeId = spiffeId;
        this.chain = chain;
        this.key = key;
        this.roots = roots;
        this.fingerprint = fingerprint;
    }

    /**
     * @throws GeneralSecurityException with a sentence that names what is wrong: unreadable PEM, a key that does not
     *     belong to the certificate, another identity than {@code spiffeId}
     */
    public static CellIdentity read(String spiffeId, String certificatePem, String keyPem, String trustPem)
            throws GeneralSecurityException {
        List<X509Certificate> chain = part("certificate", () -> Pem.certificates(certificatePem));
        X509Certificate leaf = chain.getFirst();
        PrivateKey key = part(
                "private key", () -> Pem.privateKey(keyPem, leaf.getPublicKey().getAlgorithm()));
        List<X509Certificate> roots = part("trust bundle", () -> Pem.certificates(trustPem));
        if (!belongTogether(leaf, key)) {
            throw new GeneralSecurityException("the private key does not belong to the certificate");
        }
        String found = SpiffeId.of(leaf);
        if (!spiffeId.equals(found)) {
            throw new GeneralSecurityException(
                    "the certificate's identity is %s instead of %s".formatted(found, spiffeId));
        }
        return new CellIdentity(spiffeId, chain, key, roots, hash(spiffeId, certificatePem, keyPem, trustPem));
    }

    private interface Reading<T> {
        T read() throws GeneralSecurityException;
    }

    private static <T> T part(String what, Reading<T> reading) throws GeneralSecurityException {
        try {
            return reading.read();
        } catch (GeneralSecurityException e) {
            throw new GeneralSecurityException("the %s cannot be read: %s".formatted(what, e.getMessage()), e);
        }
    }

    /** A data plane may be between writing one file and the other; a pair that does not fit must never be served. */
    private static boolean belongTogether(X509Certificate leaf, PrivateKey key) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "Ed25519";
        };
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(PROOF);
        byte[] signed = signature.sign();
        signature.initVerify(leaf.getPublicKey());
        signature.update(PROOF);
        return signature.verify(signed);
    }

    private static String hash(String... parts) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (String part : parts) {
            digest.update(part.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    public String spiffeId() {
        return spiffeId;
    }

    X509Certificate[] chain() {
        return chain.toArray(X509Certificate[]::new);
    }

    PrivateKey key() {
        return key;
    }

    List<X509Certificate> roots() {
        return roots;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CellIdentity that && fingerprint.equals(that.fingerprint);
    }

    @Override
    public int hashCode() {
        return fingerprint.hashCode();
    }

    @Override
    public String toString() {
        return spiffeId;
    }
}
