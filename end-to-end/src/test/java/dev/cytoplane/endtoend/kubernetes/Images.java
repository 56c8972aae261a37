package dev.cytoplane.endtoend.kubernetes;

import dev.cytoplane.testcluster.ImageRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The images that are assembled from the programs of this machine: nothing is fetched. */
final class Images {

    private static final int MINUTES = 20;

    private Images() {}

    /**
     * Pushes them.
     *
     * @param folder for what is said
     * @param more arguments
     * @return the lines that name them
     */
    static List<String> assemble(Path root, ImageRegistry registry, Path folder, String... more) throws IOException {
        Path out = folder.resolve("images.properties");
        Path log = folder.resolve("images.log");
        List<String> command = new ArrayList<>(List.of(
                root.resolve("deploy/kubernetes/images").toString(),
                registry.address() + "/platform",
                "--username",
                registry.username(),
                "--password-file",
                registry.passwordFile().toString(),
                "--ca-file",
                registry.authority().toString(),
                "--work",
                folder.resolveSibling("images").toString()));
        command.addAll(List.of(more));
        Process assemble = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(log.toFile())
                .start();
        try {
            if (!assemble.waitFor(MINUTES, TimeUnit.MINUTES) || assemble.exitValue() != 0) {
                throw new AssertionError("The images could not be assembled: " + Files.readString(log));
            }
            return Files.readAllLines(out);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            assemble.destroyForcibly();
        }
    }

    /** The image that a line names, by how the line begins. */
    static String of(List<String> lines, String beginning) {
        return lines.stream()
                .filter(line -> line.startsWith(beginning))
                .map(line -> line.substring(beginning.length()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no " + beginning + " in " + lines));
    }
}
