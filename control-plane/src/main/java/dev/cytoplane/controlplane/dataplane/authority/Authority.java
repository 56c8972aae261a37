package dev.cytoplane.controlplane.dataplane.authority;

import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.controlplane.secret.KeyFile;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/**
 * The platform's certificate authority. Its root lasts ten years and stands in one file; names and lives of what it
 * issues come from the platform, never from a request, which gives only the public key. Thread-safe.
 */
public final class Authority {

    private static final Duration ROOT_LIFE = Duration.ofDays(3650);
    /** A listener gets a new one at each start, and while it runs when this is two thirds over. */
    private static final Duration SERVER_LIFE = Duration.ofDays(30);

    private static final Duration INTERMEDIATE_LIFE = Duration.ofDays(90);
    private static final Duration AGENT_LIFE = Duration.ofDays(30);

    /** A certificate with its private key. */
    public record Credential(X509Certificate certificate, PrivateKey key) {}

    /** What a data plane gets: PEM chains, leaf first, and the agent certificate's serial number, by which it is known. */
    public record Issued(
            String agentCertificate, String workloadAuthority, String agentSerial, Instant agentNotAfter) {}

    private final Certificates certificates;
    private final Certificates.Issuer root;
    private final String trustDomain;
    private final Clock clock;

    private Authority(Certificates certificates, Certificates.Issuer root, String trustDomain, Clock clock) {
        this.certificates = certificates;
        this.root = root;
        this.trustDomain = trustDomain;
        this.clock = clock;
    }

    /** Reads the root from its file, or makes one there. */
    public static Authority in(Path file, String trustDomain, SecureRandom random, Clock clock) {
        Certificates certificates = new Certificates(random);
        String pem = KeyFile.readOrCreate(file, () -> {
            KeyPair key = certificates.newKey();
            return Pem.of(key.getPrivate()) + Pem.of(certificates.root(key, trustDomain, clock.instant(), ROOT_LIFE));
        });
        return new Authority(
                certificates, new Certificates.Issuer(Pem.certificate(pem), Pem.privateKey(pem)), trustDomain, clock);
    }

    public X509Certificate root() {
        return root.certificate();
    }

    public String trustDomain() {
        return trustDomain;
    }

    /** The root in PEM form, which data planes and cells trust. */
    public String trustBundle() {
        return Pem.of(root.certificate());
    }

    /** {@code sha256:<hex>} of the root, by which a joining data plane recognizes its control plane. */
    public String fingerprint() {
        try {
            return ContractJson.sha256(root.certificate().getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A server certificate with a fresh key. */
    public Credential server(Collection<String> hosts, Collection<InetAddress> addresses) {
        KeyPair key = certificates.newKey();
        return new Credential(
                certificates.server(
                        root, key.getPublic(), "Cytoplane link", hosts, addresses, clock.instant(), SERVER_LIFE),
                key.getPrivate());
    }

    /** The identity of a data plane's agent. */
    public URI agentIdentity(String dataPlane) {
        return URI.create("spiffe://" + trustDomain + "/dataplane/" + dataPlane);
    }

    /**
     * Signs both requests of a data plane.
     *
     * @throws InvalidRequest when a request is not one, is not signed by its key, or asks for a weak key
     */
    public Issued issue(String dataPlane, String domain, String agentRequest, String workloadAuthorityRequest) {
        PublicKey agentKey = publicKey("agentRequest", agentRequest);
        PublicKey authorityKey = publicKey("workloadAuthorityRequest", workloadAuthorityRequest);
        if (agentKey.equals(authorityKey)) {
            throw new InvalidRequest("workloadAuthorityRequest", "must have a key of its own");
        }
        X509Certificate agent =
                certificates.client(root, agentKey, dataPlane, agentIdentity(dataPlane), clock.instant(), AGENT_LIFE);
        X509Certificate authority = certificates.intermediate(
                root, authorityKey, "Cells of " + dataPlane, domain, clock.instant(), INTERMEDIATE_LIFE);
        return new Issued(
                Pem.of(agent),
                Pem.of(authority),
                agent.getSerialNumber().toString(16),
                agent.getNotAfter().toInstant());
    }

    /**
     * Names the keys of a data plane's requests: a request that is made again for the same keys differs in its bytes,
     * since signatures are randomized, and not in this.
     *
     * @throws InvalidRequest as {@link #issue}
     */
    public String keysOf(String agentRequest, String workloadAuthorityRequest) {
        return ContractJson.sha256(publicKey("agentRequest", agentRequest).getEncoded())
                + ContractJson.sha256(publicKey("workloadAuthorityRequest", workloadAuthorityRequest)
                        .getEncoded());
    }

    /** A certificate request that cannot be signed. */
    public static final class InvalidRequest extends IllegalArgumentException {
        private final String field;

        InvalidRequest(String field, String message) {
            super(message);
            this.field = field;
        }

        public String field() {
            return field;
        }
    }

    private static PublicKey publicKey(String field, String pem) {
        try {
            PKCS10CertificationRequest request = Pem.request(pem);
            if (!request.isSignatureValid(
                    new JcaContentVerifierProviderBuilder().build(request.getSubjectPublicKeyInfo()))) {
                throw new InvalidRequest(field, "is not signed by its own key");
            }
            PublicKey key = new JcaPKCS10CertificationRequest(request).getPublicKey();
            if (!(key instanceof ECPublicKey ec) || ec.getParams().getOrder().bitLength() < 256) {
                throw new InvalidRequest(field, "must be for an elliptic curve key of 256 bits or more");
            }
            return key;
        } catch (InvalidRequest e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new InvalidRequest(field, "is not a certificate request in PEM form");
        } catch (GeneralSecurityException | OperatorCreationException | PKCSException e) {
            throw new InvalidRequest(field, "has a key or signature of an unknown kind");
        }
    }
}
