package dev.cytoplane.dataplane.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** One connection to a gateway's front door, for as many requests as are asked; never a second one. */
public final class TlsConnection implements AutoCloseable {

    private final SSLSocket socket;
    private final String host;
    private final BufferedReader answers;

    private TlsConnection(SSLSocket socket, String host) throws IOException {
        this.socket = socket;
        this.host = host;
        this.answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Checks the certificate and its host name. */
    public static TlsConnection open(SSLContext trust, int port, String host) throws IOException {
        return open(trust, InetAddress.getLoopbackAddress(), port, host);
    }

    /** The same, elsewhere. */
    public static TlsConnection open(SSLContext trust, InetAddress address, int port, String host) throws IOException {
        SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket(address, port);
        socket.setSoTimeout(20_000);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(host)));
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return new TlsConnection(socket, host);
    }

    public X509Certificate certificate() throws IOException {
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }

    /** The body of the answer. */
    public String get(String path) throws IOException {
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        String status = answers.readLine();
        if (status == null || !status.contains(" 200 ")) {
            throw new IOException("The answer was " + status);
        }
        int length = 0;
        for (String line = answers.readLine(); line != null && !line.isEmpty(); line = answers.readLine()) {
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring(header.indexOf(':') + 1).strip());
            }
        }
        char[] body = new char[length];
        for (int read = 0; read < length; ) {
            int more = answers.read(body, read, length - read);
            if (more < 0) {
                throw new IOException("The connection was closed in an answer");
            }
            read += more;
        }
        return new String(body);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
