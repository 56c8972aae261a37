package dev.cytoplane.controlplane.build.log;

import dev.cytoplane.builder.FileTree;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Where logs of builds are. An offset counts bytes; a log only grows, so what was read at an offset stays there. */
public final class BuildLogs {

    private final Path root;
    private final long limit;
    private final Signals signals;

    /** @param limit bytes after which a log takes no more */
    public BuildLogs(Path root, long limit, Signals signals) {
        this.root = root;
        this.limit = limit;
        this.signals = signals;
    }

    /** Part of a log. */
    public record Chunk(long offset, String text) {

        /** Where the next one starts. */
        public long end() {
            return offset + text.getBytes(StandardCharsets.UTF_8).length;
        }
    }

    /** Opens a log to write on; the caller closes it. */
    public BuildLog open(UUID component, UUID build) {
        try {
            Files.createDirectories(root.resolve(component.toString()));
            return new BuildLog(file(component, build), limit, () -> signals.signal(build, false));
        } catch (IOException e) {
            throw new UncheckedIOException("The log of a build cannot be written", e);
        }
    }

    /** Tells those who follow that something else than the log changed. */
    public void changed(UUID build) {
        signals.signal(build, true);
    }

    /** Whole lines from an offset on, as far as they are written, at most about {@code most} bytes. */
    public Chunk read(UUID component, UUID build, long offset, int most) {
        Path file = file(component, build);
        if (!Files.exists(file)) {
            return new Chunk(0, "");
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long start = Math.min(offset, in.length());
            in.seek(start);
            byte[] bytes = new byte[(int) Math.min(most, in.length() - start)];
            in.readFully(bytes);
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            return new Chunk(start, new String(bytes, 0, end, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("The log of a build cannot be read", e);
        }
    }

    private Path file(UUID component, UUID build) {
        return root.resolve(component.toString()).resolve(build + ".log");
    }

    /** Whether there is a log: there is none before a build starts, and when it is old. */
    public boolean has(UUID component, UUID build) {
        return Files.exists(file(component, build));
    }

    /** All logs that there are. */
    public List<Path> files() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.find(root, 2, (path, attributes) -> attributes.isRegularFile())) {
            return all.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes the logs of a component that is gone. */
    public void delete(UUID component) {
        try {
            FileTree.delete(root.resolve(component.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
