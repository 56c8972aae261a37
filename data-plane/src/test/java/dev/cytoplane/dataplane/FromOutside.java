package dev.cytoplane.dataplane;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Somebody outside a cluster, whose name servers lead the names of its cells to its node. */
record FromOutside(InetAddress node) {

    private static final int MILLIS = 10_000;

    /** The body of an answer with 200. */
    String get(String url) throws IOException {
        URI uri = URI.create(url);
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(node, uri.getPort() < 0 ? 80 : uri.getPort()), MILLIS);
            socket.setSoTimeout(MILLIS);
            socket.getOutputStream()
                    .write(("GET " + uri.getRawPath() + query + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .lines()
                    .collect(Collectors.joining("\n"));
            if (!answer.startsWith("HTTP/1.1 200")) {
                throw new IOException("The answer was " + answer);
            }
            return answer.substring(answer.indexOf("\n\n") + 2).strip();
        }
    }

    /** Whether somebody listens at host:port. */
    static boolean opens(String address) throws IOException {
        int colon = address.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
                    MILLIS);
            return true;
        }
    }
}
