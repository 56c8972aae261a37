package dev.cytoplane.dataplane.identity;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Signs X.509-SVIDs (SPIFFE) for cells with the authority that the control plane lent this data plane. */
public final class CellCertificates {

    private static final Duration LIFE = Duration.ofHours(24);
    /** Clocks of two data planes may differ by this much. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final Identity identity;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public CellCertificates(Identity identity, Clock clock) {
        this.identity = identity;
        this.clock = clock;
    }

    /** Until when a certificate would count that is issued now: no longer than the authority that signs it. */
    public Instant end() {
        return end(identity.authority(), clock.instant());
    }

    private static Instant end(Identity.Authority authority, Instant now) {
        Instant authorityEnd = authority.chain().getFirst().getNotAfter().toInstant();
        Instant wanted = now.plus(LIFE);
        return wanted.isBefore(authorityEnd) ? wanted : authorityEnd;
    }

    /**
     * @param spiffeId the certificate's only URI name
     * @param host its only DNS name
     */
    public CellCertificate issue(String spiffeId, String host) {
        Identity.Authority authority = identity.authority();
        X509Certificate issuer = authority.chain().getFirst();
        Instant now = clock.instant();
        Instant notAfter = end(authority, now);
        KeyPair keys = KeyPairs.generate();
        try {
            JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
            X509Certificate leaf = new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    issuer,
                                    new BigInteger(127, random).add(BigInteger.ONE),
                                    Date.from(now.minus(CLOCK_SKEW)),
                                    Date.from(notAfter),
                                    // SPIFFE leaves the subject open; an empty one makes the names critical, as RFC
                                    // 5280 asks.
                                    new X500Principal(""),
                                    keys.getPublic())
                            .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                            .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                            .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                                KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                            }))
                            .addExtension(Extension.subjectAlternativeName, true, new GeneralNames(new GeneralName[] {
                                new GeneralName(GeneralName.uniformResourceIdentifier, spiffeId),
                                new GeneralName(GeneralName.dNSName, host)
                            }))
                            .addExtension(
                                    Extension.authorityKeyIdentifier,
                                    false,
                                    extensions.createAuthorityKeyIdentifier(issuer))
                            .build(new JcaContentSignerBuilder(KeyPairs.SIGNATURE)
                                    .build(authority.keys().getPrivate())));
            List<X509Certificate> chain = new ArrayList<>(List.of(leaf));
            authority.chain().stream()
                    .filter(certificate -> !Trust.selfSigned(certificate))
                    .forEach(chain::add);
            return new CellCertificate(
                    Pem.print(chain), Pem.print("PRIVATE KEY", keys.getPrivate().getEncoded()), now, notAfter);
        } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
            throw new IllegalStateException("A certificate for " + spiffeId + " cannot be signed", e);
        }
    }
}
