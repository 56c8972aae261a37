package dev.cytoplane.controlplane.source;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;

/** An answer whose every flush reaches the client. JGit swallows failed writes of messages, so this remembers them. */
final class LiveOutput extends OutputStream {

    private final HttpServletResponse response;
    private final OutputStream out;
    private volatile boolean open = true;

    LiveOutput(HttpServletResponse response) throws IOException {
        this.response = response;
        this.out = response.getOutputStream();
    }

    boolean isOpen() {
        return open;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        guard(() -> out.write(bytes, offset, length));
    }

    @Override
    public void flush() throws IOException {
        guard(() -> {
            out.flush();
            response.flushBuffer();
        });
    }

    /** Nobody reads any more. The connection itself is the container's. */
    @Override
    public void close() {
        open = false;
    }

    private interface Write {
        void run() throws IOException;
    }

    private void guard(Write write) throws IOException {
        if (!open) {
            throw new IOException("The client has gone");
        }
        try {
            write.run();
        } catch (IOException e) {
            open = false;
            throw e;
        }
    }
}
