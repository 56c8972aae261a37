package dev.cytoplane.launcher.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL refuses to run as root. Where this program is root, as in a container, the server is put into a user
 * namespace of its own, in which the same user has another number and no privileges (unshare(1) from util-linux).
 */
final class Unprivileged {

    private final boolean root;

    Unprivileged() {
        this.root = "root".equals(System.getProperty("user.name"));
    }

    List<String> command(Path program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (root) {
            command.addAll(List.of("unshare", "--user"));
        }
        command.add(program.toString());
        command.addAll(List.of(arguments));
        return command;
    }

    /** Runs a program to its end. @throws IOException with its output when it fails */
    void run(Path program, String... arguments) throws IOException {
        Process process = new ProcessBuilder(command(program, arguments))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                String hint = root && output.contains("unshare")
                        ? " (as root, PostgreSQL needs user namespaces: run cyto as another user, or allow unshare)"
                        : "";
                throw new IOException(program.getFileName() + " failed: " + output.strip() + hint);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(program.getFileName() + " was interrupted", e);
        }
    }
}
