package dev.cytoplane.controlplane.source;

import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;

/** Opens JGit's connections to outside repositories. Each address is checked, the ones it is redirected to included. */
final class OutsideConnections implements HttpConnectionFactory {

    private final OutsideAddresses addresses;

    OutsideConnections(OutsideAddresses addresses) {
        this.addresses = addresses;
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return create(url, Proxy.NO_PROXY);
    }

    @Override
    public HttpConnection create(URL url, Proxy proxy) throws IOException {
        try {
            addresses.check(URI.create(url.toString()));
        } catch (SourceException e) {
            throw new IOException(e.getMessage(), e);
        }
        return new CheckedConnection(url, proxy, addresses);
    }
}
