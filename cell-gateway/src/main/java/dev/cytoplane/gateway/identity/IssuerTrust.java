package dev.cytoplane.gateway.identity;

import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** What the certificate of an issuer is checked against, where no public authority has signed it. */
public final class IssuerTrust {
    private IssuerTrust() {}

    /**
     * Believes these certificates and no others.
     *
     * @throws GeneralSecurityException when {@code pem} holds no certificate, or what is none
     */
    public static SSLContext of(String pem) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {Roots.trustManager(Pem.certificates(pem))}, null);
        return context;
    }
}
