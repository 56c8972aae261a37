package dev.cytoplane.builder.process;

import dev.cytoplane.builder.BuildFailure;
import dev.cytoplane.builder.FileTree;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs one program to its end, or to a limit. Its arguments are handed over as they are; no shell reads them. Whatever
 * it started and left behind ends with it.
 */
public final class LimitedProcess {

    private static final Duration LOOK = Duration.ofMillis(250);
    private static final int LOOKS_PER_DISK_CHECK = 8;
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(2);

    private final Path directory;
    private final Map<String, String> environment;
    private final Limits limits;
    private final ProcessTree tree;

    /** @param environment all of it: nothing of the platform's own gets through */
    public LimitedProcess(Path directory, Map<String, String> environment, Limits limits, ProcessTree tree) {
        this.directory = directory;
        this.environment = environment;
        this.limits = limits;
        this.tree = tree;
    }

    /**
     * @param output gets each line of output and error
     * @return the exit code
     * @throws BuildFailure when it cannot be started, or passed a limit
     */
    public int run(List<String> command, Consumer<String> output) throws InterruptedException {
        Process process = start(command);
        ProcessTree processes = tree.startedAs(process.toHandle());
        Thread reader = Thread.ofVirtual().start(() -> OutputLines.read(process.getInputStream(), output));
        try {
            int looks = 0;
            while (!process.waitFor(LOOK)) {
                String passed = passedLimit(processes, looks++ % LOOKS_PER_DISK_CHECK == 0);
                if (passed != null) {
                    throw new BuildFailure(passed);
                }
            }
            return process.exitValue();
        } finally {
            processes.kill();
            reader.join(LAST_OUTPUT);
            close(process);
        }
    }

    private Process start(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"));
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new BuildFailure("%s cannot be started: %s.".formatted(command.getFirst(), e.getMessage()), e);
        }
    }

    private @Nullable String passedLimit(ProcessTree processes, boolean lookAtDisk) {
        if (System.nanoTime() - limits.deadline() > 0) {
            return "The build took longer than %s (limit cytoplane.build.time-limit).".formatted(words(limits.time()));
        }
        if (processes.memory() > limits.memory()) {
            return "The build used more than %d MB of memory (limit cytoplane.build.memory-limit)."
                    .formatted(limits.memory() >> 20);
        }
        if (lookAtDisk && FileTree.size(limits.folder()) > limits.disk()) {
            return "The build wrote more than %d MB to the disk (limit cytoplane.build.disk-limit)."
                    .formatted(limits.disk() >> 20);
        }
        return null;
    }

    private static String words(Duration time) {
        return time.toSeconds() < 120 ? time.toSeconds() + " seconds" : time.toMinutes() + " minutes";
    }

    private static void close(Process process) throws InterruptedException {
        process.waitFor(LAST_OUTPUT.toMillis(), TimeUnit.MILLISECONDS);
        try {
            process.getInputStream().close();
        } catch (IOException e) {
            // It ended while it was read: there is nothing more to have.
        }
    }
}
