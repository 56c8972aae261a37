package dev.cytoplane.builder.pod;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Believes the control plane's link: a server's certificate that one of the platform's roots itself has issued. There are no
 * others of that kind, so under which name or address the link is reached says nothing more. A certificate that a data plane's
 * authority has signed does not count.
 */
final class ControlPlaneTrust extends X509ExtendedTrustManager {

    private static final String SERVER = "1.3.6.1.5.5.7.3.1";

    private final List<X509Certificate> roots;

    private ControlPlaneTrust(List<X509Certificate> roots) {
        this.roots = roots;
    }

    /** @param roots a file with PEM certificates */
    static SSLContext of(Path roots) throws IOException {
        try {
            List<X509Certificate> all = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(roots)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new ControlPlaneTrust(all)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("The platform's root cannot be used", e);
        }
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        X509Certificate leaf = chain[0];
        leaf.checkValidity();
        List<String> uses = leaf.getExtendedKeyUsage();
        if (uses == null || !uses.contains(SERVER) || roots.stream().noneMatch(root -> issued(root, leaf))) {
            throw new CertificateException("This is not the platform's control plane");
        }
    }

    private static boolean issued(X509Certificate root, X509Certificate leaf) {
        try {
            root.checkValidity();
            leaf.verify(root.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("Clients are not checked here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("Clients are not checked here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("Clients are not checked here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
