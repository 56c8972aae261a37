package dev.cytoplane.gateway.testing;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** A certificate authority for tests. */
public final class TestAuthority {
    private static final X500Name NAME = new X500Name("CN=Test authority");

    private final KeyPair keys = newKeys();
    private final X509Certificate root = sign(keys, NAME, List.of(), true, Duration.ofDays(1));

    /** A leaf with its private key. */
    public record Credential(X509Certificate certificate, PrivateKey key, String certificatePem, String keyPem) {}

    public X509Certificate root() {
        return root;
    }

    public String rootPem() {
        return pem("CERTIFICATE", encoded(root));
    }

    public Credential issue(String spiffeId, String host) {
        return issue(
                List.of(
                        new GeneralName(GeneralName.uniformResourceIdentifier, spiffeId),
                        new GeneralName(GeneralName.dNSName, host)),
                Duration.ofHours(1));
    }

    public Credential issueForHost(String host) {
        return issue(List.of(new GeneralName(GeneralName.dNSName, host)), Duration.ofHours(1));
    }

    private Credential issue(List<GeneralName> names, Duration life) {
        KeyPair leaf = newKeys();
        X509Certificate certificate = sign(leaf, new X500Name("CN=leaf"), names, false, life);
        return new Credential(
                certificate,
                leaf.getPrivate(),
                pem("CERTIFICATE", encoded(certificate)),
                pem("PRIVATE KEY", leaf.getPrivate().getEncoded()));
    }

    private X509Certificate sign(
            KeyPair subject, X500Name name, List<GeneralName> names, boolean authority, Duration life) {
        Instant now = Instant.now();
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    NAME,
                    new BigInteger(64, new SecureRandom()),
                    Date.from(now.minusSeconds(60)),
                    Date.from(now.plus(life)),
                    name,
                    subject.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (!names.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new ArrayList<>(names).toArray(GeneralName[]::new)));
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                    KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                }));
            }
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String type, byte[] content) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(new PemObject(type, content));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }
}
