package dev.cytoplane.controlplane.idempotency;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Holds the answer back until the transaction is committed: nobody may see a success that a rollback takes away. */
final class RecordingResponse extends HttpServletResponseWrapper {

    private static final Set<String> KEPT = Set.of("content-type", "location", "etag", "retry-after");

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final PrintWriter writer = new PrintWriter(new OutputStreamWriter(body, StandardCharsets.UTF_8));

    RecordingResponse(HttpServletResponse response) {
        super(response);
    }

    Recorded recorded() {
        writer.flush();
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : getHeaderNames()) {
            if (KEPT.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, getHeader(name));
            }
        }
        if (getContentType() != null) {
            headers.put("Content-Type", getContentType());
        }
        return new Recorded(getStatus(), headers, body.toByteArray(), false);
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return new ServletOutputStream() {
            @Override
            public void write(int value) {
                body.write(value);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                body.write(bytes, offset, length);
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw new IllegalStateException("An answer to a request with an Idempotency-Key is not asynchronous");
            }
        };
    }

    @Override
    public PrintWriter getWriter() {
        return writer;
    }

    @Override
    public void flushBuffer() {
        writer.flush();
    }

    @Override
    public void setContentLength(int length) {
        // Set when it is written at last.
    }

    @Override
    public void setContentLengthLong(long length) {
        // Set when it is written at last.
    }

    @Override
    public void sendError(int status) {
        setStatus(status);
    }

    @Override
    public void sendError(int status, String message) {
        setStatus(status);
    }

    @Override
    public boolean isCommitted() {
        return false;
    }

    @Override
    public void reset() {
        super.reset();
        body.reset();
    }

    @Override
    public void resetBuffer() {
        body.reset();
    }
}
