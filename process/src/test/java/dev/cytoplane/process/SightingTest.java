package dev.cytoplane.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SightingTest {

    @TempDir
    Path folder;

    @Test
    void seesWhatRunsAndNothingElse() throws IOException {
        try (Processes owner = new Processes(folder.resolve("state"))) {
            RunningProcess lasting = start(owner, "lasting");
            RunningProcess ended = start(owner, "ended");
            ended.stop(Duration.ZERO).join();

            assertThat(Sighting.of(folder.resolve("state")))
                    .extracting(Sighting::id, Sighting::pid)
                    .containsExactly(tuple("lasting", lasting.pid()));
            assertThat(Sighting.only(folder.resolve("state")).orElseThrow().pid())
                    .isEqualTo(lasting.pid());

            owner.endOrphans(Set.of(), Duration.ZERO).join();
        }
    }

    @Test
    void leavesTheRecordsAsTheyAre() throws IOException {
        Path state = Files.createDirectories(folder.resolve("state"));
        // As an owner that was killed leaves it, or one that is just about to start this process again.
        Path record = Files.writeString(
                state.resolve("gone.json"),
                "{\"pid\":1,\"identity\":\"another\",\"startedAt\":\"2026-01-01T00:00:00Z\",\"logFile\":\"x\","
                        + "\"logBytes\":1,\"olderFiles\":1}");

        assertThat(Sighting.of(state)).isEmpty();
        assertThat(Sighting.only(state)).isEmpty();
        assertThat(record).exists();
    }

    @Test
    void makesNoFolderWhereThereIsNone() {
        assertThat(Sighting.of(folder.resolve("none"))).isEmpty();
        assertThat(Sighting.only(folder.resolve("none"))).isEmpty();
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void knowsAProcessByMoreThanItsNumber() {
        long own = ProcessHandle.current().pid();
        assertThat(Sighting.identity(own)).isPresent().isEqualTo(Sighting.identity(own));
        assertThat(Sighting.identity(1)).isNotEqualTo(Sighting.identity(own));
        assertThat(Sighting.identity(Integer.MAX_VALUE)).isEmpty();
    }

    private RunningProcess start(Processes owner, String id) throws IOException {
        return owner.start(new ProcessSpec(
                id,
                List.of("sleep", "300"),
                folder,
                Map.of("PATH", System.getenv("PATH")),
                folder.resolve(id + ".log")));
    }
}
