package dev.cytoplane.controlplane.dataplane.authority;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The shapes of certificate that the platform issues (RFC 5280, and X509-SVID for identities). */
final class Certificates {

    /** Clocks of machines differ a little. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    /** Who signs. */
    record Issuer(X509Certificate certificate, PrivateKey key) {}

    private final SecureRandom random;

    Certificates(SecureRandom random) {
        this.random = random;
    }

    KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has P-256", e);
        }
    }

    X509Certificate root(KeyPair key, String trustDomain, Instant now, Duration life) {
        X500Principal name = new X500Principal("CN=Cytoplane root of " + trustDomain + ",O=Cytoplane");
        JcaX509v3CertificateBuilder builder = builder(name, name, key.getPublic(), now, now.plus(life));
        return sign(key.getPrivate(), () -> {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(1));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key.getPublic()));
            return builder;
        });
    }

    /** Signs certificates below one domain, and no further authority. */
    X509Certificate intermediate(
            Issuer issuer, PublicKey key, String commonName, String domain, Instant now, Duration life) {
        JcaX509v3CertificateBuilder builder = issued(issuer, commonName, key, now, life);
        return sign(issuer.key(), () -> {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.nameConstraints,
                    true,
                    new NameConstraints(
                            new GeneralSubtree[] {new GeneralSubtree(new GeneralName(GeneralName.dNSName, domain))},
                            null));
            return identified(builder, issuer, key);
        });
    }

    X509Certificate client(Issuer issuer, PublicKey key, String commonName, URI identity, Instant now, Duration life) {
        JcaX509v3CertificateBuilder builder = issued(issuer, commonName, key, now, life);
        return sign(issuer.key(), () -> {
            leaf(builder, KeyPurposeId.id_kp_clientAuth);
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, identity.toString())));
            return identified(builder, issuer, key);
        });
    }

    X509Certificate server(
            Issuer issuer,
            PublicKey key,
            String commonName,
            Collection<String> hosts,
            Collection<InetAddress> addresses,
            Instant now,
            Duration life) {
        JcaX509v3CertificateBuilder builder = issued(issuer, commonName, key, now, life);
        GeneralName[] names = java.util.stream.Stream.concat(
                        hosts.stream().map(host -> new GeneralName(GeneralName.dNSName, host)),
                        addresses.stream()
                                .map(address -> new GeneralName(GeneralName.iPAddress, address.getHostAddress())))
                .toArray(GeneralName[]::new);
        return sign(issuer.key(), () -> {
            leaf(builder, KeyPurposeId.id_kp_serverAuth);
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            return identified(builder, issuer, key);
        });
    }

    private static void leaf(JcaX509v3CertificateBuilder builder, KeyPurposeId purpose) throws CertIOException {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
    }

    private static JcaX509v3CertificateBuilder identified(
            JcaX509v3CertificateBuilder builder, Issuer issuer, PublicKey key)
            throws CertIOException, GeneralSecurityException {
        JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
        builder.addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key));
        builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                identifiers.createAuthorityKeyIdentifier(issuer.certificate().getPublicKey()));
        return builder;
    }

    private JcaX509v3CertificateBuilder issued(
            Issuer issuer, String commonName, PublicKey key, Instant now, Duration life) {
        Instant end = now.plus(life);
        Instant issuerEnd = issuer.certificate().getNotAfter().toInstant();
        return builder(
                issuer.certificate().getSubjectX500Principal(),
                new X500Principal("CN=" + commonName + ",O=Cytoplane"),
                key,
                now,
                end.isBefore(issuerEnd) ? end : issuerEnd);
    }

    private JcaX509v3CertificateBuilder builder(
            X500Principal issuer, X500Principal subject, PublicKey key, Instant now, Instant end) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(127, random).setBit(126),
                Date.from(now.minus(SKEW)),
                Date.from(end),
                subject,
                key);
    }

    private interface Body {
        JcaX509v3CertificateBuilder build() throws CertIOException, GeneralSecurityException;
    }

    private static X509Certificate sign(PrivateKey key, Body body) {
        try {
            ContentSigner signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key);
            return new JcaX509CertificateConverter().getCertificate(body.build().build(signer));
        } catch (CertIOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("The certificate cannot be issued", e);
        }
    }
}
