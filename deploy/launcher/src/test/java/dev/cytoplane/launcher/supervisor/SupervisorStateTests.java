package dev.cytoplane.launcher.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.cli.home.Home;
import dev.cytoplane.launcher.supervisor.SupervisorState.Phase;
import dev.cytoplane.launcher.supervisor.SupervisorState.ServiceState;
import dev.cytoplane.process.Sighting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorStateTests {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    private static SupervisorState of(String identity, Instant processStart) {
        return new SupervisorState(
                ProcessHandle.current().pid(),
                identity,
                processStart,
                Phase.READY,
                null,
                List.of(new ServiceState(
                        "postgres",
                        ServicePhase.READY,
                        4711L,
                        5432,
                        2,
                        "",
                        Instant.parse("2026-01-01T00:00:00Z"),
                        12L)));
    }

    private static String own() {
        return Sighting.identity(ProcessHandle.current().pid()).orElseThrow();
    }

    @Test
    void isReadAsItWasWritten() {
        Home home = new Home(folder);
        SupervisorState written = of(own(), NOW);

        written.write(home);

        assertThat(SupervisorState.read(home)).contains(written);
    }

    @Test
    void doesNotTakeAReusedProcessIdForTheSupervisor() {
        assertThat(of(own(), NOW).isLive()).isTrue();
        assertThat(of(own() + "0", NOW).isLive()).isFalse();
    }

    @Test
    void knowsItWhateverTheClockSays() {
        assertThat(of(own(), NOW.minusSeconds(1)).isLive()).isTrue();
    }

    @Test
    void letsOneSupervisorOnlyHaveAHome() throws IOException {
        Home home = new Home(folder);

        try (var first = Supervisor.lock(home).orElseThrow()) {
            assertThat(first.isValid()).isTrue();
            assertThat(Supervisor.lock(home)).isEmpty();
        }
        assertThat(Supervisor.lock(home)).isPresent();
    }
}
