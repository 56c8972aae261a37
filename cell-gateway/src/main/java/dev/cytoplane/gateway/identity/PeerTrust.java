package dev.cytoplane.gateway.identity;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Believes a peer whose certificate chains to the roots and whose SPIFFE id is accepted. Host names play no part: an
 * identity does not depend on an address.
 */
final class PeerTrust extends X509ExtendedTrustManager {
    private final X509TrustManager chains;
    private final Predicate<String> accepted;

    PeerTrust(List<X509Certificate> roots, Predicate<String> accepted) throws GeneralSecurityException {
        this.chains = Roots.trustManager(roots);
        this.accepted = accepted;
    }

    private void checkIdentity(X509Certificate[] chain) throws CertificateException {
        String id = SpiffeId.of(chain[0]);
        if (id == null || !accepted.test(id)) {
            throw new CertificateException("The peer's identity is " + id + ", which is not the expected one");
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        chains.checkClientTrusted(chain, authType);
        checkIdentity(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        chains.checkServerTrusted(chain, authType);
        checkIdentity(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return chains.getAcceptedIssuers();
    }
}
