package dev.cytoplane.endtoend.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Hands connections on to a port of this machine's loopback: how the pods of a cluster reach a platform that listens there
 * only, as a company's own network would let them.
 */
final class Relay implements AutoCloseable {

    private static final int BACKLOG = 64;

    private final ServerSocket listener;
    private final int port;

    private Relay(ServerSocket listener, int port) {
        this.listener = listener;
        this.port = port;
    }

    /**
     * @param address of this machine, as pods see it
     * @param port on the loopback
     */
    static Relay open(String address, int port) throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.bind(new InetSocketAddress(InetAddress.getByName(address), 0), BACKLOG);
        Relay relay = new Relay(listener, port);
        Thread.ofVirtual().name("relay").start(relay::serve);
        return relay;
    }

    String address() {
        return listener.getInetAddress().getHostAddress() + ":" + listener.getLocalPort();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try {
                Socket caller = listener.accept();
                Thread.ofVirtual().start(() -> connect(caller));
            } catch (IOException e) {
                return; // It was closed.
            }
        }
    }

    private void connect(Socket caller) {
        try (caller;
                Socket called = new Socket(InetAddress.getLoopbackAddress(), port)) {
            Thread back = Thread.ofVirtual().start(() -> pump(called, caller));
            pump(caller, called);
            back.join();
        } catch (IOException e) {
            // Nobody listens now: the caller sees that as it would without a relay.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (IOException e) {
            try {
                from.close();
                to.close();
            } catch (IOException closed) {
                // They are closed, then.
            }
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
