package dev.cytoplane.controlplane.dataplane.authority;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.jspecify.annotations.Nullable;

/** PEM text, read and written. */
final class Pem {

    private Pem() {}

    static String of(X509Certificate... chain) {
        return write(writer -> {
            for (X509Certificate certificate : chain) {
                writer.writeObject(certificate);
            }
        });
    }

    static String of(PrivateKey key) {
        return write(writer -> writer.writeObject(new JcaPKCS8Generator(key, null)));
    }

    static PrivateKey privateKey(String pem) {
        try {
            PrivateKeyInfo info = first(pem, PrivateKeyInfo.class);
            if (info == null) {
                throw new IllegalArgumentException("There is no private key (PKCS#8)");
            }
            return new JcaPEMKeyConverter().getPrivateKey(info);
        } catch (IOException e) {
            throw new IllegalArgumentException("The private key cannot be read", e);
        }
    }

    static X509Certificate certificate(String pem) {
        try {
            X509CertificateHolder holder = first(pem, X509CertificateHolder.class);
            if (holder == null) {
                throw new IllegalArgumentException("There is no certificate");
            }
            return new JcaX509CertificateConverter().getCertificate(holder);
        } catch (IOException | CertificateException e) {
            throw new IllegalArgumentException("The certificate cannot be read", e);
        }
    }

    static PKCS10CertificationRequest request(String pem) {
        try {
            PKCS10CertificationRequest request = first(pem, PKCS10CertificationRequest.class);
            if (request == null) {
                throw new IllegalArgumentException("is not a certificate request in PEM form");
            }
            return request;
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("is not a certificate request in PEM form", e);
        }
    }

    private static <T> @Nullable T first(String pem, Class<T> type) throws IOException {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
                if (type.isInstance(object)) {
                    return type.cast(object);
                }
            }
            return null;
        }
    }

    private interface Body {
        void write(JcaPEMWriter writer) throws IOException;
    }

    private static String write(Body body) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            body.write(writer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
