package dev.cytoplane.dataplane;

import static dev.cytoplane.dataplane.testing.TestCells.cell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.cell.CellStatus.Phase;
import dev.cytoplane.contracts.descriptor.Visibility;
import dev.cytoplane.dataplane.testing.TestCells;
import dev.cytoplane.dataplane.testing.TestService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An agent in a JVM of its own is ended by SIGKILL; another one comes next. */
class KilledAgentTest extends WithLink {

    private static final Cell.Endpoint API = TestCells.endpoint("http", Visibility.PROJECT, "/api");

    private Process agent;

    @BeforeEach
    void startAgent() throws IOException {
        agent = launch();
    }

    @AfterEach
    void stopAgent() throws InterruptedException {
        agent.destroy();
        if (!agent.waitFor(60, TimeUnit.SECONDS)) {
            agent.destroyForcibly();
        }
    }

    @Test
    void theNextAgentTakesOverWhatRunsAndNobodyNotices() throws Exception {
        Cell.Component web = release("web", 1).replicas(2).build();
        link.put(cell("shop", 1, web, release("api", 1).endpoints(API).build()));
        awaitPhase(1, Phase.READY);
        Set<Long> before = pids();
        Set<Long> gatewaysBefore = running("dev.cytoplane.gateway.CellGateway");
        assertThat(before).hasSize(3);
        assertThat(gatewaysBefore).hasSize(1);
        ConcurrentLinkedQueue<String> answers = new ConcurrentLinkedQueue<>();
        AtomicBoolean enough = new AtomicBoolean();
        Thread caller = Thread.ofVirtual().start(() -> {
            while (!enough.get()) {
                try {
                    answers.add(get("/").body());
                    Thread.sleep(5);
                } catch (IOException | InterruptedException e) {
                    answers.add(String.valueOf(e));
                }
            }
        });

        agent.destroyForcibly().waitFor();
        // It does not know the new one, so it must take over the old one before it replaces it.
        agent = launch();
        link.put(cell("shop", 2, web, release("api", 2).endpoints(API).build()));
        awaitPhase(2, Phase.READY);
        // The old one ends, and a moment later that is told.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(running(TestService.class.getName()))
                        .hasSize(3)
                        .containsExactlyInAnyOrderElementsOf(pids()));
        enough.set(true);
        caller.join();

        assertThat(component("web").instances())
                .extracting(instance -> Objects.requireNonNull(instance.pid()))
                .isSubsetOf(before)
                .hasSize(2);
        assertThat(component("web").instances())
                .extracting(CellStatus.Instance::restarts)
                .containsOnly(0);
        assertThat(running("dev.cytoplane.gateway.CellGateway")).isEqualTo(gatewaysBefore);
        assertThat(Set.copyOf(answers)).containsExactly("1");
    }

    @Test
    void whatNoCellAsksForAnyMoreIsEnded() throws Exception {
        link.put(cell("shop", 1, release("web", 1).build()));
        awaitPhase(1, Phase.READY);
        agent.destroyForcibly().waitFor();
        link.deleteSilently(CELL);
        agent = launch();
        await().atMost(PATIENCE)
                .until(() -> link.status(CELL).orElseThrow().components().isEmpty());
        assertThat(running(TestService.class.getName())).isEmpty();
    }

    @Test
    void aProcessThatEndedMeanwhileIsStartedAgain() throws Exception {
        link.put(cell("shop", 1, release("web", 1).build()));
        awaitPhase(1, Phase.READY);
        agent.destroyForcibly().waitFor();
        long dead = pids().iterator().next();
        ProcessHandle.of(dead).orElseThrow().destroyForcibly();
        agent = launch();
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(get("/").body()).isEqualTo("1");
            assertThat(pids()).hasSize(1).doesNotContain(dead);
        });
    }

    private Set<Long> pids() {
        return link.status(CELL).orElseThrow().components().stream()
                .flatMap(component -> component.instances().stream())
                .map(instance -> Objects.requireNonNull(instance.pid()))
                .collect(Collectors.toSet());
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DataPlane.class.getName(),
                // The gateway's libraries are on the tests' class path; Spring Boot would start parts of them.
                "--spring.boot.enableautoconfiguration=false",
                "--cytoplane.data-plane.state=" + settings.state(),
                "--cytoplane.data-plane.link-url=" + settings.linkUrl(),
                "--cytoplane.data-plane.join-token=" + settings.joinToken(),
                "--cytoplane.data-plane.ca-fingerprint=" + settings.caFingerprint(),
                "--cytoplane.data-plane.drain=500ms",
                "--cytoplane.data-plane.gateway.http-port=" + settings.gateway().httpPort()));
        List<String> gateway = settings.gateway().command();
        for (int i = 0; i < gateway.size(); i++) {
            command.add("--cytoplane.data-plane.gateway.command[" + i + "]=" + gateway.get(i));
        }
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("agent.log").toFile()))
                .start();
    }
}
