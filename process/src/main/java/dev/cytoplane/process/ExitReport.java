package dev.cytoplane.process;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a process ended.
 *
 * @param exitCode 128 + N after signal N; null when it was adopted, since only a parent learns the code
 */
public record ExitReport(@Nullable Integer exitCode, Instant endedAt) {

    /** A phrase for people: {@code exited with code 1}, {@code was ended by SIGKILL}. */
    public String describe() {
        if (exitCode == null) {
            return "ended; its exit code is not known";
        }
        return switch (exitCode) {
            case 128 + 2 -> "was ended by SIGINT";
            case 128 + 6 -> "was ended by SIGABRT";
            case 128 + 9 -> "was ended by SIGKILL";
            case 128 + 11 -> "was ended by SIGSEGV";
            case 128 + 15 -> "was ended by SIGTERM";
            default -> "exited with code " + exitCode;
        };
    }
}
