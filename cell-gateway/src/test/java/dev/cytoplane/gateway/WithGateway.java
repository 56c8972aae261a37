package dev.cytoplane.gateway;

import dev.cytoplane.gateway.testing.TestAuthority;
import dev.cytoplane.gateway.testing.TestCell;
import dev.cytoplane.gateway.testing.TestFolder;
import dev.cytoplane.gateway.testing.TestUpstream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** A gateway with an authority of its own for each test, in this JVM. */
abstract class WithGateway {
    final TestAuthority authority = new TestAuthority();
    private final List<AutoCloseable> open = new ArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path root;

    @SuppressWarnings("NullAway.Init")
    TestFolder folder;

    private @Nullable ConfigurableApplicationContext gateway;

    @BeforeEach
    void prepareFolder() {
        folder = new TestFolder(root, authority);
    }

    @AfterEach
    void closeAll() throws Exception {
        stop();
        for (AutoCloseable closeable : open.reversed()) {
            closeable.close();
        }
    }

    TestCell cell(String name) {
        return new TestCell(authority, name);
    }

    TestUpstream upstream(String name) {
        return closing(new TestUpstream(name));
    }

    <T extends AutoCloseable> T closing(T closeable) {
        open.add(closeable);
        return closeable;
    }

    /** Starts with these cells, and waits until they are in force. */
    void start(TestCell... cells) {
        long generation = folder.write(cells);
        start();
        folder.applied(generation);
    }

    void start() {
        startWith();
    }

    void startWith(String... more) {
        List<String> arguments = new ArrayList<>(List.of(folder.arguments()));
        arguments.addAll(List.of(more));
        gateway = CellGateway.start(arguments.toArray(String[]::new));
    }

    void stop() {
        if (gateway != null) {
            gateway.close();
            gateway = null;
        }
    }

    /** Replaces the configuration, and waits until it is in force. */
    void change(TestCell... cells) {
        folder.applied(folder.write(cells));
    }

    <T> T bean(Class<T> type) {
        if (gateway == null) {
            throw new IllegalStateException("No gateway runs");
        }
        return gateway.getBean(type);
    }

    /** Sends bytes as they are, which no client library would, and tells the status line. */
    static String raw(int port, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            StringBuilder line = new StringBuilder();
            int c = socket.getInputStream().read();
            while (c >= 0 && c != '\r') {
                line.append((char) c);
                c = socket.getInputStream().read();
            }
            return line.toString();
        }
    }
}
