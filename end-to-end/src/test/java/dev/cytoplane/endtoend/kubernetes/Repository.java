package dev.cytoplane.endtoend.kubernetes;

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
}
