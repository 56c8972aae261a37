package dev.cytoplane.testcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A program of this machine. What it says of its progress is passed on; what it answers is returned. */
final class Command {

    private Command() {}

    static String run(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectInput(Redirect.from(new java.io.File("/dev/null")))
                    .redirectError(Redirect.INHERIT)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new IllegalStateException(String.join(" ", command) + " ended with " + status + ": " + answer);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(String.join(" ", command) + " cannot be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while " + command[0] + " was running", e);
        }
    }
}
