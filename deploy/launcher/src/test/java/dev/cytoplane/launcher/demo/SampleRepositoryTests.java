package dev.cytoplane.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleRepositoryTests {

    @TempDir
    private Path source;

    @Test
    void makesTheSameCommitOfTheSameFiles() throws IOException {
        Files.writeString(source.resolve("index.html"), "hello");
        Files.createDirectories(source.resolve("target"));
        Files.writeString(source.resolve("target/out"), "built");

        String first = head();
        Files.writeString(source.resolve("target/out"), "built again");

        assertThat(head()).isEqualTo(first);

        Files.writeString(source.resolve("index.html"), "changed");
        assertThat(head()).isNotEqualTo(first);
    }

    private String head() {
        try (SampleRepository repository = SampleRepository.of(source, "web")) {
            return repository.head();
        }
    }
}
