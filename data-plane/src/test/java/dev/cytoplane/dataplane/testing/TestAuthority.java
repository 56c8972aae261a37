package dev.cytoplane.dataplane.testing;

import dev.cytoplane.contracts.json.ContractJson;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** A root with what a control plane signs for a data plane. */
public final class TestAuthority {

    /** As the real one does: clocks of machines differ a little. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final KeyPair keys = newKeys();
    private final AtomicLong serial = new AtomicLong(1);
    private final Clock clock;
    private final X509Certificate root;

    public TestAuthority(Clock clock) {
        this.clock = clock;
        this.root = sign("CN=test root", keys.getPublic(), true, Duration.ofDays(3650), "CN=test root");
    }

    public String trustBundle() {
        return pem(root);
    }

    public String fingerprint() {
        try {
            return ContractJson.sha256(root.getEncoded());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public String signAgent(String request, Duration life) {
        return pem(sign("CN=agent", publicKey(request), false, life, "CN=test root"));
    }

    public String signAuthority(String request, Duration life) {
        return pem(sign("CN=cells", publicKey(request), true, life, "CN=test root"));
    }

    /**
     * TLS of the link's server: its chain holds the root, and clients may show a certificate.
     *
     * @param address that it has besides the name localhost
     */
    public SSLContext server(InetAddress address) {
        try {
            KeyPair server = newKeys();
            X509Certificate certificate =
                    sign("CN=link", server.getPublic(), false, Duration.ofDays(1), "CN=test root", address);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("link", server.getPrivate(), new char[0], new X509Certificate[] {certificate, root});
            KeyManagerFactory key = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            key.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(key.getKeyManagers(), trust(), null);
            return context;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** TLS of a client that believes the root. */
    public SSLContext client() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust(), null);
            return context;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private TrustManager[] trust() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("root", root);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        return trust.getTrustManagers();
    }

    private X509Certificate sign(
            String subject, PublicKey key, boolean authority, Duration life, String issuer, InetAddress... addresses) {
        try {
            Instant now = clock.instant();
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Principal(issuer),
                    BigInteger.valueOf(serial.getAndIncrement()),
                    Date.from(now.minus(SKEW)),
                    Date.from(now.plus(life)),
                    new X500Principal(subject),
                    key);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(authority ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature));
            if (!authority) {
                List<GeneralName> names = new ArrayList<>();
                names.add(new GeneralName(GeneralName.dNSName, "localhost"));
                for (InetAddress address : addresses) {
                    names.add(new GeneralName(GeneralName.iPAddress, address.getHostAddress()));
                }
                builder.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(new GeneralName[0])));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static PublicKey publicKey(String request) {
        try (PEMParser parser = new PEMParser(new StringReader(request))) {
            return new JcaPKCS10CertificationRequest((PKCS10CertificationRequest) parser.readObject()).getPublicKey();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(X509Certificate certificate) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(certificate);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
