package dev.cytoplane.builder.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.builder.SourceFiles;
import dev.cytoplane.builder.TextFiles;
import dev.cytoplane.builder.Tool;
import dev.cytoplane.builder.Toolchain;
import dev.cytoplane.builder.Workspace;
import dev.cytoplane.contracts.descriptor.Descriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledPackagesTest {

    private static final String LOCK = "package-lock.json";

    @TempDir
    Path folder;

    @Test
    void comeBackForTheSameLockFileOnlyAndAsTheyWereInstalled() throws IOException {
        InstalledPackages first = packages("one", "lock 1");
        Files.createDirectories(folder.resolve("one/node_modules/.bin"));
        Path file = Files.writeString(folder.resolve("one/node_modules/a.js"), "a");
        Files.createSymbolicLink(folder.resolve("one/node_modules/.bin/a"), Path.of("../a.js"));
        first.keep();
        Files.writeString(file, "changed by the build");

        assertThat(packages("two", "lock 2").restore()).isFalse();
        assertThat(packages("three", "lock 1").restore()).isTrue();
        assertThat(folder.resolve("three/node_modules/a.js")).hasContent("a");
        assertThat(Files.readSymbolicLink(folder.resolve("three/node_modules/.bin/a")))
                .isEqualTo(Path.of("../a.js"));
    }

    @Test
    void aCopyThatWasCutShortIsNotUsed() throws IOException {
        Files.createDirectories(folder.resolve("cache/node_modules"));

        assertThat(packages("one", "lock").restore()).isFalse();
    }

    private InstalledPackages packages(String checkout, String lock) throws IOException {
        Path directory = Files.createDirectories(folder.resolve(checkout));
        Path cache = Files.createDirectories(folder.resolve("cache"));
        return new InstalledPackages(
                new Told(new TextFiles(Map.of(LOCK, lock, "package.json", "{}")), directory, cache), LOCK);
    }

    private record Told(SourceFiles files, Path directory, Path cache) implements Workspace {

        @Override
        public Instant commitTime() {
            return Instant.EPOCH;
        }

        @Override
        public Descriptor descriptor() {
            return new Descriptor(
                    Descriptor.API_VERSION, Descriptor.KIND, null, null, null, null, null, null, null, null, null);
        }

        @Override
        public Toolchain toolchain() {
            return new ToldTools();
        }

        @Override
        public void say(String line) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void run(List<String> command, Map<String, String> environment) {
            throw new UnsupportedOperationException();
        }
    }

    private record ToldTools() implements Toolchain {

        @Override
        public Tool node() {
            return new Tool("node", Path.of("/bin/node"), "v1", Path.of("/"));
        }

        @Override
        public Tool npm() {
            return node();
        }

        @Override
        public Tool java() {
            return node();
        }

        @Override
        public Tool maven() {
            return node();
        }
    }
}
