package dev.cytoplane.builder.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All processes of one build: those that carry its mark in their environment. So also those count that left their
 * parent, or whose control plane was killed and started again. Where there is no {@code /proc}, the descendants of the
 * program that was started are all that is known.
 */
public final class ProcessTree {

    private static final Path PROC = Path.of("/proc");
    private static final int ROUNDS = 20;

    private final byte[] mark;
    private final @Nullable ProcessHandle root;

    private ProcessTree(String mark, @Nullable ProcessHandle root) {
        this.mark = mark.getBytes(StandardCharsets.UTF_8);
        this.root = root;
    }

    /** The processes with a variable of this name and value. */
    public static ProcessTree marked(String variable, String value) {
        return new ProcessTree(variable + "=" + value, null);
    }

    ProcessTree startedAs(ProcessHandle handle) {
        return new ProcessTree(new String(mark, StandardCharsets.UTF_8), handle);
    }

    /** Ends them all, at once, and those they start meanwhile. */
    public void kill() {
        for (int round = 0; round < ROUNDS; round++) {
            List<ProcessHandle> alive = members();
            if (alive.isEmpty()) {
                return;
            }
            alive.forEach(ProcessHandle::destroyForcibly);
            alive.forEach(ProcessTree::awaitEnd);
        }
    }

    /** Waits for its end for a moment, and heeds no interrupt: a cancelled build has to clean up too. */
    private static void awaitEnd(ProcessHandle handle) {
        handle.onExit().completeOnTimeout(handle, 200, TimeUnit.MILLISECONDS).join();
    }

    /** Bytes of memory of their own that they hold together; 0 where it cannot be told. */
    long memory() {
        return members().stream().mapToLong(handle -> memory(handle.pid())).sum();
    }

    boolean isEmpty() {
        return members().isEmpty();
    }

    private List<ProcessHandle> members() {
        List<ProcessHandle> members = new ArrayList<>();
        if (Files.isDirectory(PROC)) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
                for (Path folder : folders) {
                    if (isMarked(folder)) {
                        ProcessHandle.of(Long.parseLong(folder.getFileName().toString()))
                                .ifPresent(members::add);
                    }
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        } else if (root != null) {
            Stream.concat(Stream.of(root), root.descendants())
                    .filter(ProcessHandle::isAlive)
                    .forEach(members::add);
        }
        return members;
    }

    private boolean isMarked(Path folder) {
        try {
            byte[] environment = Files.readAllBytes(folder.resolve("environ"));
            int start = 0;
            for (int i = 0; i <= environment.length; i++) {
                if (i == environment.length || environment[i] == 0) {
                    if (i - start == mark.length
                            && java.util.Arrays.equals(environment, start, i, mark, 0, mark.length)) {
                        return true;
                    }
                    start = i + 1;
                }
            }
            return false;
        } catch (IOException e) {
            return false; // Gone by now, or somebody else's.
        }
    }

    private static long memory(long pid) {
        try (Stream<String> lines = Files.lines(PROC.resolve(pid + "/status"))) {
            return lines.filter(line -> line.startsWith("RssAnon:") || line.startsWith("RssShmem:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .sum();
        } catch (IOException | java.io.UncheckedIOException e) {
            return 0;
        }
    }
}
