package dev.cytoplane.dataplane.kubernetes.testing;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One connection to a port of a pod, for one request after the other: who drops it is found out. */
public final class KeptConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;

    private final LocalPortForward forward;
    private final Socket socket;
    private final InputStream in;
    private final String host;

    private KeptConnection(LocalPortForward forward, String host) throws IOException {
        this.forward = forward;
        this.host = host;
        this.socket = new Socket(InetAddress.getLoopbackAddress(), forward.getLocalPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    public static KeptConnection open(KubernetesClient client, Pod pod, int port, String host) throws IOException {
        return new KeptConnection(client.pods().resource(pod).portForward(port), host);
    }

    /** The body of the answer. */
    public String get(String target) throws IOException {
        socket.getOutputStream()
                .write(("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        int length = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("The connection was dropped");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        socket.close();
        forward.close();
    }
}
