package dev.cytoplane.cli.output;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.Session;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Asks a person to type a word before something is lost. */
public final class Confirmation {

    private Confirmation() {}

    /** @throws Failure when the word is not typed, or nobody can be asked */
    public static void require(Session session, String consequence, String word) {
        Output output = session.output();
        if (!session.interactive()) {
            throw new Failure(
                    ExitCode.USAGE, consequence + " Nobody can be asked whether that is wanted.", "Say so with --yes.");
        }
        output.error(consequence);
        output.log("Type " + word + " to go on: ");
        try {
            // The stream stays open: it is the process's.
            BufferedReader lines = new BufferedReader(new InputStreamReader(session.in(), StandardCharsets.UTF_8));
            String line = lines.readLine();
            if (line == null || !line.strip().equals(word)) {
                throw new Failure(ExitCode.FAILED, "Nothing was done.");
            }
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, "Nothing was done: the answer could not be read.", null, e);
        }
    }
}
