package dev.cytoplane.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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

class ProcessesTest {

    private static final Duration NO_GRACE = Duration.ZERO;
    private static final Duration LONG_GRACE = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    private Processes processes;

    @BeforeEach
    void open() {
        processes = new Processes(folder.resolve("state"));
    }

    @AfterEach
    void endAll() {
        processes.endOrphans(Set.of(), NO_GRACE).join();
        processes.close();
    }

    @Test
    void reportsTheExitCodeAndWritesBothOutputsToTheLog() throws IOException {
        ExitReport report =
                shell("a", "echo out; echo err >&2; exit 3").onExit().join();
        assertThat(report.exitCode()).isEqualTo(3);
        assertThat(report.describe()).isEqualTo("exited with code 3");
        assertThat(log("a")).isEqualTo("out\nerr\n");
        assertThat(processes.running()).isEmpty();
    }

    @Test
    void inheritsNothingFromItsOwnersEnvironment() throws IOException {
        shell("a", "env").onExit().join();
        assertThat(log("a").lines().map(line -> line.replaceAll("=.*", "")))
                .contains("PATH", "GIVEN", Processes.MARKER)
                .isSubsetOf("PATH", "GIVEN", Processes.MARKER, "PWD", "SHLVL", "_", "OLDPWD");
    }

    @Test
    void namesAProgramThatIsMissing() {
        assertThatThrownBy(() -> processes.start(spec("a", "no-such-program")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-such-program")
                .hasMessageContaining("PATH");
        assertThat(processes.running()).isEmpty();
    }

    @Test
    void refusesASecondProcessOfTheSameId() throws IOException {
        shell("a", "sleep 300");
        assertThatThrownBy(() -> shell("a", "sleep 300")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void stopsPolitelyAndLeavesTimeToFinish() throws IOException {
        RunningProcess process = shell("a", "trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.05; done");
        awaitLog("a", "ready");
        assertThat(process.stop(LONG_GRACE).join().exitCode()).isZero();
        assertThat(log("a")).contains("bye");
    }

    @Test
    void killsWhatDoesNotHearTheSignalWhenTheGraceIsOver() throws IOException {
        RunningProcess process = shell("a", "trap '' TERM; echo ready; while :; do sleep 0.05; done");
        awaitLog("a", "ready");
        assertThat(process.stop(Duration.ofMillis(200)).join().describe()).isEqualTo("was ended by SIGKILL");
    }

    @Test
    void leavesNoChildBehindWhenAProcessEndsByItself() throws IOException {
        RunningProcess process = shell("a", "sleep 300 & echo $!; sleep 300 & echo $!; exit 1");
        process.onExit().join();
        assertThat(log("a").lines().map(Long::parseLong))
                .hasSize(2)
                .allSatisfy(child ->
                        assertThat(OperatingSystem.current().identity(child)).isEmpty());
    }

    @Test
    void countsTheMemoryAndTimeOfTheWholeTree() throws IOException {
        RunningProcess process =
                shell("a", "sh -c 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done; echo done; sleep 300' & wait");
        awaitLog("a", "done");
        Usage usage = process.usage();
        assertThat(usage.cpuMillis()).isGreaterThanOrEqualTo(20);
        assertThat(usage.memoryBytes()).isGreaterThan(1_000_000);
        process.stop(NO_GRACE).join();
        assertThat(process.usage()).isEqualTo(new Usage(0, 0));
    }

    @Test
    void aSecondOwnerAdoptsAndSeesTheEnd() throws IOException {
        long pid = shell("a", "sleep 300").pid();
        try (Processes second = new Processes(folder.resolve("state"))) {
            RunningProcess adopted = second.adopt("a").orElseThrow();
            assertThat(adopted.pid()).isEqualTo(pid);
            assertThat(adopted.usage().memoryBytes()).isPositive();
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            assertThat(adopted.onExit().join().describe()).contains("not known");
            assertThat(second.adopt("a")).isEmpty();
        }
    }

    @Test
    void neverTakesAReusedPidForItsOwn() throws IOException {
        RunningProcess process = shell("a", "sleep 300");
        Path entry = folder.resolve("state/a.json");
        String recorded = Files.readString(entry);
        process.stop(NO_GRACE).join();
        // The record as a crash would leave it, with the pid of a process that is alive and not ours: this one.
        Files.writeString(
                entry,
                recorded.replace(
                        "\"pid\":" + process.pid(),
                        "\"pid\":" + ProcessHandle.current().pid()));
        try (Processes second = new Processes(folder.resolve("state"))) {
            assertThat(second.adopt("a")).isEmpty();
            assertThat(second.running()).isEmpty();
        }
    }

    @Test
    void endsOnlyWhatNobodyWants() throws IOException {
        RunningProcess wanted = shell("wanted", "sleep 300");
        RunningProcess orphan = shell("orphan", "sleep 300");
        assertThat(processes.endOrphans(Set.of("wanted"), LONG_GRACE).join()).containsExactly("orphan");
        assertThat(orphan.isAlive()).isFalse();
        assertThat(wanted.isAlive()).isTrue();
    }

    @Test
    void rotatesALogThatGrowsPastItsLimit() throws IOException {
        Path file = folder.resolve("talker.log");
        processes.start(new ProcessSpec(
                "talker",
                List.of("sh", "-c", "while :; do echo 0123456789012345678901234567890123456789; sleep 0.01; done"),
                folder,
                Map.of("PATH", System.getenv("PATH")),
                file,
                new ProcessSpec.LogLimit(2_000, 1)));
        Path older = LogRotation.older(file, 1);
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(older) && Files.size(older) > 2_000);
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.size(file) > 0);
        assertThat(Files.readString(file)).doesNotContain("\0");
    }

    private RunningProcess shell(String id, String script) throws IOException {
        return processes.start(spec(id, "sh", "-c", script));
    }

    private ProcessSpec spec(String id, String... command) {
        return new ProcessSpec(
                id,
                List.of(command),
                folder,
                Map.of("PATH", System.getenv("PATH"), "GIVEN", "yes"),
                folder.resolve(id + ".log"));
    }

    private String log(String id) throws IOException {
        return Files.readString(folder.resolve(id + ".log"));
    }

    private void awaitLog(String id, String text) {
        await().atMost(Duration.ofSeconds(30)).until(() -> log(id).contains(text));
    }
}
