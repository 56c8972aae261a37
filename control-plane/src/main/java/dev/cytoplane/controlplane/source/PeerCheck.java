package dev.cytoplane.controlplane.source;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Looks at the peer of the plain connection over which a TLS connection is laid, before a byte is sent: what a name
 * resolved to when it was checked may not be what it resolved to when it was called.
 */
final class PeerCheck extends SSLSocketFactory {

    private static final String ONLY_LAYERED = "Only connections laid over a checked one are made";

    private final SSLSocketFactory factory;
    private final OutsideAddresses addresses;

    PeerCheck(SSLSocketFactory factory, OutsideAddresses addresses) {
        this.factory = factory;
        this.addresses = addresses;
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        try {
            addresses.check(host, socket.getInetAddress());
        } catch (SourceException e) {
            socket.close();
            throw new IOException(e.getMessage(), e);
        }
        return factory.createSocket(socket, host, port, autoClose);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return factory.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return factory.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw new IOException(ONLY_LAYERED);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        throw new IOException(ONLY_LAYERED);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw new IOException(ONLY_LAYERED);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        throw new IOException(ONLY_LAYERED);
    }
}
