package dev.cytoplane.cli;

import org.jspecify.annotations.Nullable;

/** Ends a command with a sentence for the person, what to do about it, and an exit code. No stack trace is shown. */
public class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;
    private final @Nullable String advice;

    public Failure(ExitCode exitCode, String message) {
        this(exitCode, message, null, null);
    }

    /** @param advice what to do next; a sentence or a command line */
    public Failure(ExitCode exitCode, String message, @Nullable String advice) {
        this(exitCode, message, advice, null);
    }

    public Failure(ExitCode exitCode, String message, @Nullable String advice, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
        this.advice = advice;
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    public @Nullable String advice() {
        return advice;
    }
}
