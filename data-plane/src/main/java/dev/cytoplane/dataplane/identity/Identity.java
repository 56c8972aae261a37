package dev.cytoplane.dataplane.identity;

import dev.cytoplane.contracts.link.Enrolment;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * This data plane's identity: empty until it has joined, then kept for good. All of it stands in one document, so a
 * renewal happens whole or not at all. Thread-safe.
 */
public final class Identity {

    /** @param authority the intermediate authority that signs the certificates of cells */
    private record Keys(KeyPairs.Stored agent, KeyPairs.Stored authority) {
        static Keys generate() {
            return new Keys(KeyPairs.Stored.of(KeyPairs.generate()), KeyPairs.Stored.of(KeyPairs.generate()));
        }
    }

    private record Joined(Keys keys, Enrolment.Response enrolment) {}

    /** Asked for every second, so it is not read from the certificates each time. */
    private volatile @Nullable Instant renewAt;

    private static final String JOINED = "identity.json";
    private static final String PENDING = "pending-keys.json";

    private final KeyStorage storage;
    private final Sealing sealing;
    private volatile @Nullable Joined joined;

    public Identity(KeyStorage storage, Sealing sealing) {
        this.storage = storage;
        this.sealing = sealing;
        this.joined = storage.readJson(JOINED, Joined.class).orElse(null);
    }

    public boolean isJoined() {
        return joined != null;
    }

    /** The keys are kept before they are sent, so that a join cut short is repeated with the same request. */
    public synchronized Enrolment.Request joinRequest(String token, String runtime) {
        Keys keys = pendingKeys();
        return new Enrolment.Request(token, agentRequest(keys), authorityRequest(keys), sealing.publicKey(), runtime);
    }

    /** Requests for new certificates, with new keys. */
    public synchronized Enrolment.Renewal renewalRequest() {
        Keys keys = pendingKeys();
        return new Enrolment.Renewal(agentRequest(keys), authorityRequest(keys));
    }

    /** @throws IdentityException when the answer does not fit the pinned root or the requested keys */
    public synchronized void accept(Enrolment.Response answer, @Nullable String pinnedRoot) {
        Keys keys = pendingKeys();
        try {
            List<X509Certificate> roots = Pem.certificates(answer.trustBundle());
            if (pinnedRoot != null && !Trust.holds(roots, pinnedRoot)) {
                throw new IdentityException("The trust bundle does not hold the pinned root " + pinnedRoot);
            }
            requireCertified(Pem.certificates(answer.agentCertificate()), keys.agent, roots);
            requireCertified(Pem.certificates(answer.workloadAuthority()), keys.authority, roots);
        } catch (GeneralSecurityException e) {
            throw new IdentityException("The control plane's certificates are not valid: " + e.getMessage(), e);
        }
        Joined accepted = new Joined(keys, answer);
        storage.writeJson(JOINED, accepted);
        renewAt = earliest(answer);
        joined = accepted;
        storage.delete(PENDING);
    }

    private static void requireCertified(List<X509Certificate> chain, KeyPairs.Stored keys, List<X509Certificate> roots)
            throws GeneralSecurityException {
        if (chain.isEmpty()
                || !chain.getFirst().getPublicKey().equals(keys.open().getPublic())) {
            throw new IdentityException("The control plane certified another key than it was asked to");
        }
        Trust.requireChain(chain, roots);
    }

    public String dataPlane() {
        return enrolment().dataPlane();
    }

    /** The domain that public host names of this data plane lie under. */
    public String domain() {
        return enrolment().domain();
    }

    /** PEM roots. */
    public String trustBundle() {
        return enrolment().trustBundle();
    }

    /** Two thirds into the life of whichever certificate ends first. */
    public Instant renewAt() {
        Instant known = renewAt;
        if (known == null) {
            known = earliest(enrolment());
            renewAt = known;
        }
        return known;
    }

    private static Instant earliest(Enrolment.Response enrolment) {
        try {
            Instant agent =
                    twoThirds(Pem.certificates(enrolment.agentCertificate()).getFirst());
            Instant authority =
                    twoThirds(Pem.certificates(enrolment.workloadAuthority()).getFirst());
            return agent.isBefore(authority) ? agent : authority;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The stored certificates cannot be read", e);
        }
    }

    private static Instant twoThirds(X509Certificate certificate) {
        Instant from = certificate.getNotBefore().toInstant();
        return from.plus(Duration.between(from, certificate.getNotAfter().toInstant())
                .multipliedBy(2)
                .dividedBy(3));
    }

    /** TLS towards the control plane before joining: no client certificate, and only the pinned root is believed. */
    public static SSLContext joining(String pinnedRoot) {
        return context(null, Trust.pinned(pinnedRoot));
    }

    /** TLS with whoever answers: to hear what is proven by other means. */
    public static SSLContext unknown() {
        return context(null, Trust.anybody());
    }

    /** TLS towards the control plane: both sides show a certificate. */
    public SSLContext link() {
        Joined current = current();
        try {
            return context(
                    AgentKey.of(
                            current.keys.agent.open().getPrivate(),
                            Pem.certificates(current.enrolment.agentCertificate())),
                    Trust.roots(Pem.certificates(current.enrolment.trustBundle())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The stored certificates cannot be used", e);
        }
    }

    Authority authority() {
        Joined current = current();
        try {
            return new Authority(
                    current.keys.authority.open(), Pem.certificates(current.enrolment.workloadAuthority()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The stored authority cannot be used", e);
        }
    }

    /** @param chain the authority's certificate first */
    record Authority(KeyPair keys, List<X509Certificate> chain) {}

    private static SSLContext context(@Nullable AgentKey key, TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(key == null ? null : key.managers(), new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS cannot be set up", e);
        }
    }

    private Keys pendingKeys() {
        return storage.readJson(PENDING, Keys.class).orElseGet(() -> {
            Keys keys = Keys.generate();
            storage.writeJson(PENDING, keys);
            return keys;
        });
    }

    private static String agentRequest(Keys keys) {
        return KeyPairs.request(open(keys.agent), "agent");
    }

    private static String authorityRequest(Keys keys) {
        return KeyPairs.request(open(keys.authority), "workload authority");
    }

    private static KeyPair open(KeyPairs.Stored stored) {
        try {
            return stored.open();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The stored keys cannot be read", e);
        }
    }

    private Enrolment.Response enrolment() {
        return current().enrolment;
    }

    private Joined current() {
        Joined current = joined;
        if (current == null) {
            throw new IllegalStateException("This data plane has not joined a control plane");
        }
        return current;
    }
}
