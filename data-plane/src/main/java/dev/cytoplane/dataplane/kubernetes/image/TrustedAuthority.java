package dev.cytoplane.dataplane.kubernetes.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** A private authority that signed a registry's certificate. */
public final class TrustedAuthority {

    /** All that this process was told to believe: what is believed later takes nothing away. */
    private static final Set<Certificate> BELIEVED = new LinkedHashSet<>();

    private TrustedAuthority() {}

    /**
     * Believes it beside Java's own, for every TLS connection of this process that has no authority of its own: Jib takes
     * the process's default. To be called before the first of them.
     *
     * @param file PEM certificates
     * @throws ImageException when there are none in the file
     */
    public static synchronized void trust(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            BELIEVED.addAll(CertificateFactory.getInstance("X.509").generateCertificates(pem));
            List<Certificate> roots = new ArrayList<>(usual());
            roots.addAll(BELIEVED);
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < roots.size(); i++) {
                store.setCertificateEntry("root-" + i, roots.get(i));
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(store), null);
            SSLContext.setDefault(context);
        } catch (IOException | GeneralSecurityException e) {
            throw new ImageException("The authority of the registry cannot be read: " + file, e);
        }
    }

    private static List<Certificate> usual() throws GeneralSecurityException {
        List<Certificate> roots = new ArrayList<>();
        for (TrustManager manager : managers(null)) {
            if (manager instanceof X509TrustManager x509) {
                roots.addAll(List.of(x509.getAcceptedIssuers()));
            }
        }
        return roots;
    }

    private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
