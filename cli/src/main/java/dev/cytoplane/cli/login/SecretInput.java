package dev.cytoplane.cli.login;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.Session;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Secrets come from standard input, never from the command line, which other users of a machine can read. */
public final class SecretInput {

    private SecretInput() {}

    /** All of standard input without its last line end; a person at a terminal is asked, without echo. */
    public static String fromStdin(Session session, String what) {
        if (session.interactive()) {
            Console console = System.console();
            char[] typed = console == null ? null : console.readPassword("%s: ", what);
            if (typed == null || typed.length == 0) {
                throw new Failure(ExitCode.USAGE, what + " is empty.");
            }
            return new String(typed);
        }
        try {
            String text = new String(session.in().readAllBytes(), StandardCharsets.UTF_8).replaceFirst("\r?\n$", "");
            if (text.isEmpty()) {
                throw new Failure(ExitCode.USAGE, what + " is expected on standard input, which is empty.");
            }
            return text;
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, what + " could not be read from standard input.", null, e);
        }
    }
}
