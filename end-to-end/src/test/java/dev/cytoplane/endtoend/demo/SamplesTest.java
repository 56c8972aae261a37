package dev.cytoplane.endtoend.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples' own tests, run as their authors would run them. Those of the orders are part of each build in the demo. */
class SamplesTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @ParameterizedTest
    @ValueSource(strings = {"samples/storefront/api", "samples/storefront/web"})
    void theStorefrontPassesItsTests(String sample) throws Exception {
        Programs.needNode();
        Path folder = ROOT.resolve(sample);
        if (Files.exists(folder.resolve("package-lock.json"))) {
            run(folder, List.of("npm", "ci", "--no-audit", "--no-fund"));
        }
        assertThat(run(folder, List.of("npm", "test"))).contains("fail 0");
    }

    private static String run(Path folder, List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        // Not what the surrounding Maven was called with.
        builder.environment().keySet().removeAll(Set.of("MAVEN_OPTS", "MAVEN_ARGS"));
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).as(said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
