package dev.cytoplane.endtoend.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.Programs;
import dev.cytoplane.endtoend.platform.WithPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs {@code console/e2e}. Skipped where there is no Chromium or no Node.js, except in CI, which has to have both. */
@WithPlatform(demo = true)
class ConsoleTest {

    private static final int MINUTES = 20;

    private final Platform platform;

    ConsoleTest(Platform platform) {
        this.platform = platform;
    }

    @Test
    @Timeout(value = MINUTES + 1, unit = TimeUnit.MINUTES)
    void everyJourneyWorksInARealBrowser() throws IOException, InterruptedException {
        Optional<Path> chromium =
                Programs.found("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome");
        Optional<Path> npx = Programs.found("npx");
        Programs.need("Chromium, or Node.js,", chromium.isPresent() && npx.isPresent());

        Path console = platform.root().resolve("console");
        Path output = platform.root().resolve("end-to-end/target/console.log");
        var builder = new ProcessBuilder(npx.orElseThrow().toString(), "playwright", "test")
                .directory(console.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("CYTO_HOME", platform.home().toString());
        builder.environment().put("CHROMIUM", chromium.orElseThrow().toString());
        builder.environment().put("NO_COLOR", "1");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES))
                    .as(() -> "The journeys end within " + MINUTES + " minutes\n" + read(output))
                    .isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
        assertThat(process.exitValue()).as(() -> read(output)).isZero();
    }

    private static String read(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
