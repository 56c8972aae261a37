package dev.cytoplane.controlplane.dataplane.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorityTests {

    private final SecureRandom random = new SecureRandom();
    private final Certificates certificates = new Certificates(random);

    @TempDir
    Path folder;

    private Authority authority;

    @BeforeEach
    void open() {
        authority = Authority.in(folder.resolve("ca.pem"), "cytoplane.local", random, Clock.systemUTC());
    }

    @Test
    void keepsItsRootOverARestart() {
        Authority again = Authority.in(folder.resolve("ca.pem"), "cytoplane.local", random, Clock.systemUTC());

        assertThat(again.fingerprint()).isEqualTo(authority.fingerprint()).matches("sha256:[0-9a-f]{64}");
    }

    @Test
    void namesAnAgentByWhoItIsAndNotByWhatItAsksFor() throws Exception {
        Authority.Issued issued = authority.issue(
                "local",
                "localhost",
                request(certificates.newKey(), "CN=somebody-else"),
                request(certificates.newKey(), "CN=x"));
        X509Certificate agent = Pem.certificate(issued.agentCertificate());

        assertThat(agent.getSubjectX500Principal()).isEqualTo(new X500Principal("CN=local,O=Cytoplane"));
        assertThat(agent.getSubjectAlternativeNames())
                .singleElement()
                .isEqualTo(List.of(6, "spiffe://cytoplane.local/dataplane/local"));
        assertThat(agent.getNotAfter().toInstant())
                .isBefore(Instant.now().plus(Duration.ofDays(30)).plusSeconds(1));
        assertThat(agent.getSerialNumber().toString(16)).isEqualTo(issued.agentSerial());
        assertThat(agent.getBasicConstraints()).isEqualTo(-1);
        validate(agent);
    }

    @Test
    void letsAnIntermediateSignCellsOfItsDomainAndNothingElse() throws Exception {
        KeyPair key = certificates.newKey();
        Authority.Issued issued =
                authority.issue("edge", "edge.example", request(certificates.newKey(), "CN=a"), request(key, "CN=b"));
        X509Certificate intermediate = Pem.certificate(issued.workloadAuthority());
        var issuer = new Certificates.Issuer(intermediate, key.getPrivate());
        X509Certificate own = server(issuer, "orders.production.acme.edge.example");
        X509Certificate foreign = server(issuer, "control.example");
        X509Certificate further = certificates.intermediate(
                issuer, certificates.newKey().getPublic(), "more", "edge.example", Instant.now(), Duration.ofDays(1));

        assertThat(intermediate.getBasicConstraints()).isZero();
        validate(own, intermediate);
        assertThatThrownBy(() -> validate(foreign, intermediate)).isInstanceOf(CertPathValidatorException.class);
        assertThatThrownBy(() -> validate(server(issuer, "a.edge.example"), further, intermediate))
                .isInstanceOf(CertPathValidatorException.class);
    }

    @Test
    void certifiesTheLinkForItsHostNamesAndAddresses() throws Exception {
        X509Certificate server = authority
                .server(List.of("localhost"), List.of(InetAddress.ofLiteral("127.0.0.1")))
                .certificate();

        assertThat(server.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(List.of(2, "localhost"), List.of(7, "127.0.0.1"));
        validate(server);
    }

    @Test
    void refusesARequestThatItsKeyDidNotSignAndNamesIt() throws Exception {
        String good = request(certificates.newKey(), "CN=a");
        KeyPair one = certificates.newKey();
        KeyPair other = certificates.newKey();
        String forged = request(new KeyPair(one.getPublic(), other.getPrivate()), "CN=b");

        assertThatThrownBy(() -> authority.issue("local", "localhost", forged, good))
                .isInstanceOfSatisfying(
                        Authority.InvalidRequest.class,
                        e -> assertThat(e.field()).isEqualTo("agentRequest"));
        assertThatThrownBy(() -> authority.issue("local", "localhost", good, "nonsense"))
                .isInstanceOfSatisfying(
                        Authority.InvalidRequest.class,
                        e -> assertThat(e.field()).isEqualTo("workloadAuthorityRequest"));
        assertThatThrownBy(() -> authority.issue("local", "localhost", good, good))
                .isInstanceOf(Authority.InvalidRequest.class);
    }

    @Test
    void refusesAWeakKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        String weak = request(generator.generateKeyPair(), "CN=a", "SHA256withRSA");

        assertThatThrownBy(() -> authority.issue("local", "localhost", weak, request(certificates.newKey(), "CN=b")))
                .isInstanceOf(Authority.InvalidRequest.class);
    }

    private X509Certificate server(Certificates.Issuer issuer, String host) {
        return certificates.server(
                issuer,
                certificates.newKey().getPublic(),
                "server",
                List.of(host),
                List.of(),
                Instant.now(),
                Duration.ofDays(1));
    }

    private void validate(X509Certificate... chain) throws Exception {
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority.root(), null)));
        parameters.setRevocationEnabled(false);
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(chain)), parameters);
    }

    private static String request(KeyPair key, String name) throws Exception {
        return request(key, name, "SHA256withECDSA");
    }

    private static String request(KeyPair key, String name, String algorithm) throws Exception {
        PKCS10CertificationRequest request = new JcaPKCS10CertificationRequestBuilder(
                        new X500Principal(name), key.getPublic())
                .build(new JcaContentSignerBuilder(algorithm).build(key.getPrivate()));
        java.io.StringWriter text = new java.io.StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(request);
        }
        return text.toString();
    }
}
