package dev.cytoplane.gateway.identity;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The identity in a certificate, as the X.509-SVID standard has it: exactly one URI, and that is a SPIFFE id. */
public final class SpiffeId {
    private static final int URI = 6;
    private static final String SCHEME = "spiffe://";

    private SpiffeId() {}

    /** The id in the leaf's subject alternative names; null when there is none, or more than one URI. */
    public static @Nullable String of(X509Certificate leaf) {
        try {
            Collection<List<?>> names = leaf.getSubjectAlternativeNames();
            if (names == null) {
                return null;
            }
            String id = null;
            for (List<?> name : names) {
                if (Integer.valueOf(URI).equals(name.get(0))) {
                    if (id != null) {
                        return null;
                    }
                    id = String.valueOf(name.get(1));
                }
            }
            return id != null && id.startsWith(SCHEME) ? id : null;
        } catch (CertificateParsingException e) {
            return null;
        }
    }
}
