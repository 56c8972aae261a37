package dev.cytoplane.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An owner in a JVM of its own is ended by SIGKILL; this JVM comes next. */
class KilledOwnerTest {

    @TempDir
    Path folder;

    private Path state;
    private Path pids;

    @BeforeEach
    void ownerStartsTwoProcessesAndIsKilled() throws Exception {
        state = folder.resolve("state");
        pids = folder.resolve("pids");
        Process owner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        state.toString(),
                        pids.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("owner.log").toFile())
                .start();
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(pids));
        owner.destroyForcibly().waitFor();
    }

    @AfterEach
    void endAll() {
        try (Processes processes = new Processes(state)) {
            processes.endOrphans(Set.of(), Duration.ZERO).join();
        }
    }

    @Test
    void itsProcessesLiveAndAreAdopted() throws IOException {
        try (Processes processes = new Processes(state)) {
            assertThat(processes.running()).containsExactlyInAnyOrder("first", "second");
            RunningProcess first = processes.adopt("first").orElseThrow();
            assertThat(first.pid()).isEqualTo(pid(0));
            assertThat(first.isAlive()).isTrue();
            first.stop(Duration.ofMinutes(1)).join();
            assertThat(processes.running()).containsExactly("second");
        }
    }

    @Test
    void aProcessWithoutARecordIsFoundByItsEnvironment() throws IOException {
        assumeThat(LinuxProcesses.available()).isTrue();
        Files.delete(state.resolve("second.json"));
        try (Processes processes = new Processes(state)) {
            assertThat(processes.running()).containsExactlyInAnyOrder("first", "second");
            processes.endOrphans(Set.of("first"), Duration.ZERO).join();
            assertThat(OperatingSystem.current().identity(pid(1))).isEmpty();
            assertThat(OperatingSystem.current().identity(pid(0))).isPresent();
        }
    }

    private long pid(int index) throws IOException {
        return Long.parseLong(Files.readAllLines(pids).get(index));
    }

    static final class Owner {

        private Owner() {}

        public static void main(String[] arguments) throws Exception {
            Path state = Path.of(arguments[0]);
            Processes processes = new Processes(state);
            StringBuilder pids = new StringBuilder();
            for (String id : List.of("first", "second")) {
                RunningProcess process = processes.start(new ProcessSpec(
                        id,
                        List.of("sleep", "300"),
                        state,
                        Map.of("PATH", System.getenv("PATH")),
                        state.resolve(id + ".log")));
                pids.append(process.pid()).append('\n');
            }
            Path written = Path.of(arguments[1] + ".new");
            Files.writeString(written, pids);
            Files.move(written, Path.of(arguments[1]));
            Thread.sleep(Duration.ofMinutes(5));
        }
    }
}
