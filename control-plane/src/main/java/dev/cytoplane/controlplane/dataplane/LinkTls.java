package dev.cytoplane.controlplane.dataplane;

import org.springframework.boot.ssl.SslBundle;

/** The TLS material of the link listener. Client certificates are wanted, not needed: joining comes before having one. */
public interface LinkTls {

    /**
     * Server key and certificate in the key store, the platform's root in the trust store. Another object than before
     * when the certificate was renewed: whoever uses it asks again now and then.
     */
    SslBundle bundle();
}
