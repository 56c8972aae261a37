package dev.cytoplane.dataplane.identity;

import dev.cytoplane.contracts.json.ContractJson;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Who is believed: before joining whoever holds the pinned root, afterwards the stored roots. */
final class Trust {

    private Trust() {}

    static X509ExtendedTrustManager roots(Collection<X509Certificate> roots) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (X509Certificate root : roots) {
                store.setCertificateEntry("root-" + number++, root);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager extended) {
                    return extended;
                }
            }
            throw new IllegalStateException("This Java runtime has no X.509 trust manager");
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The roots cannot be used", e);
        }
    }

    /** Believes a server whose chain leads to, and contains, the certificate with this fingerprint. */
    static X509ExtendedTrustManager pinned(String fingerprint) {
        return new Pinned(
                certificate -> holds(List.of(certificate), fingerprint),
                "The control plane does not show the root certificate " + fingerprint
                        + ": the fingerprint is wrong, or this is another control plane");
    }

    /** Believes whoever shows a root, its own, to say something that is proven otherwise. */
    static X509ExtendedTrustManager anybody() {
        return new Pinned(Trust::selfSigned, "The control plane does not show its root certificate");
    }

    static boolean holds(Collection<X509Certificate> certificates, String fingerprint) {
        return certificates.stream()
                .anyMatch(
                        certificate -> ContractJson.sha256(Pem.der(certificate)).equals(fingerprint));
    }

    static void requireChain(List<X509Certificate> chain, Collection<X509Certificate> roots)
            throws GeneralSecurityException {
        List<X509Certificate> below =
                chain.stream().filter(certificate -> !selfSigned(certificate)).toList();
        PKIXParameters parameters = new PKIXParameters(
                roots.stream().map(root -> new TrustAnchor(root, null)).collect(Collectors.toSet()));
        parameters.setRevocationEnabled(false);
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(below), parameters);
    }

    static boolean selfSigned(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private static final class Pinned extends X509ExtendedTrustManager {

        private final Predicate<X509Certificate> wanted;
        private final String otherwise;

        Pinned(Predicate<X509Certificate> wanted, String otherwise) {
            this.wanted = wanted;
            this.otherwise = otherwise;
        }

        private X509ExtendedTrustManager root(X509Certificate[] chain) throws CertificateException {
            List<X509Certificate> pinned =
                    List.of(chain).stream().filter(wanted).toList();
            if (pinned.isEmpty()) {
                throw new CertificateException(otherwise);
            }
            return roots(pinned);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            root(chain).checkServerTrusted(chain, type, engine);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            root(chain).checkServerTrusted(chain, type, socket);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            root(chain).checkServerTrusted(chain, type);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("Clients are not checked here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("Clients are not checked here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("Clients are not checked here");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
