package dev.cytoplane.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What to start.
 *
 * @param id unique among the processes of one state folder; letters, digits, dot, dash and underscore, at most 128
 * @param command program and arguments; no shell reads them. A program without a slash is looked up on the {@code PATH}
 *     of {@code environment}
 * @param directory the working folder; must exist
 * @param environment the whole environment: nothing is inherited from the owner
 * @param logFile takes standard output and standard error, appended; its folder is made when it is missing
 * @param logLimit when the log is rotated
 */
public record ProcessSpec(
        String id,
        List<String> command,
        Path directory,
        Map<String, String> environment,
        Path logFile,
        LogLimit logLimit) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    public ProcessSpec {
        requireId(id);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("The process " + id + " has no command");
        }
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** With the default log limit: 10 MB and one older file. */
    public ProcessSpec(String id, List<String> command, Path directory, Map<String, String> environment, Path logFile) {
        this(id, command, directory, environment, logFile, LogLimit.DEFAULT);
    }

    static void requireId(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("Not a process id: " + id);
        }
    }

    /**
     * The log is copied to {@code <file>.1} and emptied when it passes {@code bytes}; {@code <file>.1} becomes {@code .2}
     * and so on.
     *
     * @param olderFiles how many copies are kept, at least 1
     */
    public record LogLimit(long bytes, int olderFiles) {
        public static final LogLimit DEFAULT = new LogLimit(10_000_000, 1);

        public LogLimit {
            if (bytes < 1 || olderFiles < 1) {
                throw new IllegalArgumentException("A log limit is positive");
            }
        }
    }
}
