package dev.cytoplane.builder.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cytoplane.builder.BuildFailure;
import dev.cytoplane.builder.Toolchain;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledToolchainTest {

    @TempDir
    Path folder;

    @Test
    void namesWhatIsMissingAndWhereToSayIt() {
        Toolchain nothing = toolchain();

        assertThatThrownBy(nothing::node)
                .isInstanceOf(BuildFailure.class)
                .hasMessageStartingWith("Node.js is not installed")
                .hasMessageContaining("cytoplane.build.node-home");
        assertThatThrownBy(nothing::npm).hasMessageContaining("npm");
        assertThatThrownBy(nothing::maven).hasMessageContaining("cytoplane.build.maven-home");
        assertThatThrownBy(nothing::java).hasMessageContaining("cytoplane.build.java-home");
    }

    @Test
    void readsVersionsWhereTheToolsKeepThem() throws Exception {
        program("bin/javac");
        program("bin/mvn");
        program("bin/npm");
        Files.writeString(folder.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"25.0.1\"\n");
        Files.createDirectories(folder.resolve("lib"));
        Files.createFile(folder.resolve("lib/maven-core-3.9.16.jar"));
        Files.writeString(folder.resolve("package.json"), "{\"version\": \"11.1.0\"}");

        assertThat(toolchain().java().version()).isEqualTo("25.0.1");
        assertThat(toolchain().maven().version()).isEqualTo("3.9.16");
        assertThat(toolchain().npm().version()).isEqualTo("11.1.0");
    }

    private void program(String name) throws Exception {
        Files.createDirectories(folder.resolve(name).getParent());
        assertThat(Files.createFile(folder.resolve(name)).toFile().setExecutable(true))
                .isTrue();
    }

    private Toolchain toolchain() {
        return new InstalledToolchain(new ToolHomes(folder, folder, folder));
    }
}
