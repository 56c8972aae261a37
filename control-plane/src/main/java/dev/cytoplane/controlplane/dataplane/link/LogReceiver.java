package dev.cytoplane.controlplane.dataplane.link;

import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.contracts.link.LogLine;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.core.JacksonException;

/**
 * Reads newline-delimited log lines as they come. Not blocking while there is none: a log that nobody writes to may be
 * followed for hours. A blank line is the data plane's sign of life. When nobody reads any more, the next byte cuts the
 * connection: an answer would not do, since a data plane sends its whole request before it looks for one.
 */
final class LogReceiver implements ReadListener {

    /** A line of 16,384 characters, each escaped, with room for its envelope. */
    private static final int LONGEST = 128 * 1024;

    private final ServletInputStream in;
    private final LogStream stream;
    private final AsyncContext context;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final byte[] buffer = new byte[8192];

    LogReceiver(ServletInputStream in, LogStream stream, AsyncContext context) {
        this.in = in;
        this.stream = stream;
        this.context = context;
    }

    @Override
    public void onDataAvailable() throws IOException {
        while (!ended.get() && in.isReady()) {
            int read = in.read(buffer);
            if (read < 0) {
                return;
            }
            if (!take(read)) {
                throw new IOException("This log is not read any more, or is not one");
            }
        }
    }

    private boolean take(int read) {
        stream.heard();
        for (int i = 0; i < read; i++) {
            if (buffer[i] != '\n') {
                line.write(buffer[i]);
            } else if (!flushLine()) {
                return false;
            }
        }
        return line.size() <= LONGEST && stream.isRead();
    }

    private boolean flushLine() {
        byte[] bytes = line.toByteArray();
        line.reset();
        if (bytes.length == 0) {
            return true;
        }
        try {
            return stream.put(ContractJson.MAPPER.readValue(bytes, LogLine.class));
        } catch (JacksonException e) {
            return false;
        }
    }

    @Override
    public void onAllDataRead() {
        flushLine();
        end();
    }

    @Override
    public void onError(Throwable failure) {
        end();
    }

    private void end() {
        stream.complete();
        if (ended.compareAndSet(false, true)) {
            context.complete();
        }
    }
}
