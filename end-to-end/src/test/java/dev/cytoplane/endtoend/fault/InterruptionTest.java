package dev.cytoplane.endtoend.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Cyto;
import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.ProcessTable;
import dev.cytoplane.endtoend.platform.Services;
import dev.cytoplane.endtoend.platform.Waits;
import dev.cytoplane.endtoend.platform.WithPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C and giving up, each in a home of its own. */
@WithPlatform
class InterruptionTest {

    /** What a process ended by Ctrl-C exits with. */
    private static final int INTERRUPTED = 130;

    private final Platform platform;

    @TempDir
    Path home;

    private Cyto cyto;
    private ProcessTable processes;

    InterruptionTest(Platform platform) {
        this.platform = platform;
        this.cyto = platform.cyto();
        this.processes = platform.processes();
    }

    @BeforeEach
    void another() throws IOException {
        home = home.toRealPath();
        cyto = platform.cyto().withHome(home);
        processes = new ProcessTable(home);
    }

    @AfterEach
    void endWhatIsLeft() {
        processes.all().forEach(entry -> ProcessTable.kill(entry.pid()));
    }

    @Test
    void ctrlCStopsWhatADemoHasStarted() throws Exception {
        Process demo = cyto.startInTerminal("demo");
        awaitDatabase();

        ProcessTable.signal("INT", demo.pid());

        assertThat(demo.waitFor(Waits.LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(demo.exitValue()).isEqualTo(INTERRUPTED);
        assertThat(processes.all()).as("what Ctrl-C left").isEmpty();
    }

    @Test
    void ctrlCStopsAPlatformThatRunsInTheTerminalAndResetForgetsIt() throws Exception {
        Process up = cyto.startInTerminal("up", "--foreground");
        awaitDatabase();

        ProcessTable.signal("INT", up.pid());

        assertThat(up.waitFor(Waits.LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(up.exitValue()).isEqualTo(INTERRUPTED);
        assertThat(processes.all()).as("what Ctrl-C left").isEmpty();

        assertThat(home.resolve("postgres")).exists();
        cyto.ok("reset", "--yes");
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .doesNotContain("postgres", "control-plane", "data-plane", "keycloak", "credentials", "run");
        }
    }

    private void awaitDatabase() {
        Waits.untilSeldom(
                "the database runs",
                Waits.LONG,
                () -> assertThat(new Services(cyto).pid("postgres")).isPositive());
    }
}
