package dev.cytoplane.controlplane.build.log;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A log that is being written. Each line is with the operating system before the next: a killed control plane loses none. */
public final class BuildLog implements AutoCloseable {

    /** Lines are shown in terminals, and some come from commits. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\t\n]]");

    /** Unlike a channel, a stream is not closed when its writer is interrupted, which is how a build is cancelled. */
    private final FileOutputStream file;

    private final long limit;
    private final Runnable written;
    private long size;
    private boolean full;

    BuildLog(Path path, long limit, Runnable written) throws IOException {
        this.file = new FileOutputStream(path.toFile(), true);
        this.limit = limit;
        this.written = written;
        this.size = Files.size(path);
        this.full = size >= limit;
    }

    /** Appends a line, or drops it when the log is full. */
    public synchronized void line(String text) {
        if (full) {
            return;
        }
        byte[] bytes = (CONTROL.matcher(text).replaceAll("") + "\n").getBytes(StandardCharsets.UTF_8);
        if (size + bytes.length > limit) {
            full = true;
            write(("… The log ends here: it reached %d MB (limit cytoplane.build.log-limit). The build goes on.\n"
                            .formatted(Math.max(1, limit >> 20)))
                    .getBytes(StandardCharsets.UTF_8));
        } else {
            write(bytes);
        }
        written.run();
    }

    private void write(byte[] bytes) {
        try {
            file.write(bytes);
            size += bytes.length;
        } catch (IOException e) {
            throw new UncheckedIOException("The log of a build cannot be written", e);
        }
    }

    @Override
    public synchronized void close() {
        full = true;
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
