package dev.cytoplane.launcher.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.cli.home.Home;
import dev.cytoplane.launcher.supervisor.SupervisorState.Phase;
import dev.cytoplane.launcher.supervisor.SupervisorState.ServiceState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorStateTests {

    @TempDir
    private Path folder;

    private static SupervisorState of(Instant processStart) {
        return new SupervisorState(
                ProcessHandle.current().pid(),
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

    private static Instant ownStart() {
        return ProcessHandle.current().info().startInstant().orElseThrow();
    }

    @Test
    void isReadAsItWasWritten() {
        Home home = new Home(folder);
        SupervisorState written = of(ownStart());

        written.write(home);

        assertThat(SupervisorState.read(home)).contains(written);
    }

    @Test
    void doesNotTakeAReusedProcessIdForTheSupervisor() {
        assertThat(of(ownStart()).isLive()).isTrue();
        assertThat(of(ownStart().minusSeconds(60)).isLive()).isFalse();
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
