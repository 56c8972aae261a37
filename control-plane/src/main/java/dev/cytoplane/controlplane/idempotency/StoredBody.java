package dev.cytoplane.controlplane.idempotency;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** The body, read once to know its hash before anything happens, and then again. A large one waits in a file. */
final class StoredBody implements AutoCloseable {

    private static final int IN_MEMORY = 1024 * 1024;

    private final byte[] start;
    private final @Nullable Path file;
    private final byte[] hash;

    private StoredBody(byte[] start, @Nullable Path file, byte[] hash) {
        this.start = start;
        this.file = file;
        this.hash = hash;
    }

    static StoredBody of(HttpServletRequest request) throws IOException {
        MessageDigest digest = KeyUse.sha256();
        digest.update((request.getMethod() + " " + request.getRequestURI() + "?" + request.getQueryString() + "\n")
                .getBytes(StandardCharsets.UTF_8));
        var in = new DigestInputStream(request.getInputStream(), digest);
        byte[] start = in.readNBytes(IN_MEMORY);
        Path file = null;
        if (start.length == IN_MEMORY) {
            file = Files.createTempFile("request-", ".body");
            try (OutputStream out = Files.newOutputStream(file)) {
                in.transferTo(out);
            } catch (IOException | RuntimeException e) {
                Files.deleteIfExists(file);
                throw e;
            }
        }
        return new StoredBody(start, file, digest.digest());
    }

    byte[] hash() {
        return hash;
    }

    HttpServletRequest replay(HttpServletRequest request) {
        return new HttpServletRequestWrapper(request) {
            private @Nullable ServletInputStream stream;

            @Override
            public ServletInputStream getInputStream() throws IOException {
                if (stream == null) {
                    InputStream beginning = new ByteArrayInputStream(start);
                    stream = new Replay(
                            file == null
                                    ? beginning
                                    : new java.io.SequenceInputStream(beginning, Files.newInputStream(file)));
                }
                return stream;
            }

            @Override
            public BufferedReader getReader() throws IOException {
                return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
            }
        };
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }

    private static final class Replay extends ServletInputStream {

        private final InputStream body;
        private boolean finished;

        Replay(InputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            int value = body.read();
            finished = value < 0;
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = body.read(buffer, offset, length);
            finished = count < 0;
            return count;
        }

        @Override
        public void close() throws IOException {
            body.close();
        }

        @Override
        public boolean isFinished() {
            return finished;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("The body is there already");
        }
    }
}
