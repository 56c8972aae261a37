package dev.cytoplane.builder.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cytoplane.builder.BuildFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitedProcessTest {

    private static final long PLENTY = 1L << 40;

    @TempDir
    Path folder;

    private final String id = UUID.randomUUID().toString();
    private final List<String> output = new CopyOnWriteArrayList<>();

    @Test
    void seesItsOwnEnvironmentAndNothingElse() throws Exception {
        int exit = run(Duration.ofMinutes(1), PLENTY, PLENTY, "env");

        assertThat(exit).isZero();
        assertThat(output).contains("MARK=" + id).noneMatch(line -> line.startsWith("JAVA_HOME="));
    }

    @Test
    void takesArgumentsAsTheyAre() throws Exception {
        run(Duration.ofMinutes(1), PLENTY, PLENTY, "printf '%s\\n' \"$1\"", "$(id); rm -rf *");

        assertThat(output).containsExactly("$(id); rm -rf *");
    }

    @Test
    void namesTheTimeLimitAndLeavesNoProcess() {
        assertThatThrownBy(() -> run(Duration.ofMillis(300), PLENTY, PLENTY, "sleep 1000 & sleep 1000"))
                .isInstanceOf(BuildFailure.class)
                .hasMessageContaining("cytoplane.build.time-limit");
        assertThat(tree().isEmpty()).isTrue();
    }

    @Test
    void namesTheMemoryLimit() {
        assertThatThrownBy(() -> run(
                        Duration.ofMinutes(1),
                        30L << 20,
                        PLENTY,
                        "x=$(head -c 60000000 /dev/zero | tr '\\0' 'x'); sleep 1000"))
                .isInstanceOf(BuildFailure.class)
                .hasMessageContaining("cytoplane.build.memory-limit");
    }

    @Test
    void namesTheDiskLimit() {
        assertThatThrownBy(() ->
                        run(Duration.ofMinutes(1), PLENTY, 1 << 20, "head -c 3000000 /dev/zero > big; sleep 1000"))
                .isInstanceOf(BuildFailure.class)
                .hasMessageContaining("cytoplane.build.disk-limit");
    }

    @Test
    void endsWhatWasLeftInTheBackground() throws Exception {
        run(Duration.ofMinutes(1), PLENTY, PLENTY, "(setsid sleep 1000 >/dev/null 2>&1 &) ; echo done");

        assertThat(output).containsExactly("done");
        assertThat(tree().isEmpty()).isTrue();
    }

    @Test
    void endsTheWholeTreeWhenItIsInterrupted() throws Exception {
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                run(Duration.ofMinutes(1), PLENTY, PLENTY, "sleep 1000 & echo started; wait");
            } catch (InterruptedException e) {
                output.add("interrupted");
            }
        });
        org.awaitility.Awaitility.await().until(() -> output.contains("started"));

        thread.interrupt();
        thread.join();

        assertThat(output).contains("interrupted");
        assertThat(tree().isEmpty()).isTrue();
    }

    @Test
    void saysWhatCannotBeStarted() {
        Limits limits = limits(Duration.ofMinutes(1), PLENTY, PLENTY);
        assertThatThrownBy(() -> new LimitedProcess(folder, Map.of(), limits, tree())
                        .run(List.of("/nowhere/npm", "ci"), output::add))
                .isInstanceOf(BuildFailure.class)
                .hasMessageContaining("/nowhere/npm");
    }

    private int run(Duration time, long memory, long disk, String script, String... arguments)
            throws InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of("/bin/sh", "-c", script, "sh"));
        command.addAll(List.of(arguments));
        return new LimitedProcess(
                        folder, Map.of("PATH", "/usr/bin:/bin", "MARK", id), limits(time, memory, disk), tree())
                .run(command, output::add);
    }

    private Limits limits(Duration time, long memory, long disk) {
        return new Limits(System.nanoTime() + time.toNanos(), time, memory, disk, folder);
    }

    private ProcessTree tree() {
        return ProcessTree.marked("MARK", id);
    }
}
