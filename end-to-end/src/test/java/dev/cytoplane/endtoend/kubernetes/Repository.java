package dev.cytoplane.endtoend.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where this test is part of. */
final class Repository {

    private Repository() {}

    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("Not inside the repository");
            }
        }
        return folder;
    }

    /** A new folder for what a test keeps of a cluster: its logs stay until the next build. */
    static Path folder(String name) throws IOException {
        return Files.createDirectories(
                root().resolve("end-to-end/target/kubernetes").resolve(name));
    }
}
