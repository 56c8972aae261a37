package dev.cytoplane.endtoend.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Answer;
import dev.cytoplane.endtoend.platform.Sandbox;
import dev.cytoplane.endtoend.platform.Waits;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Several people who make projects as fast as they can, each until one of theirs gets no answer. */
final class Writers {

    private static final int AT_MOST = 2_000;

    private final Sandbox sandbox;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> unsure = ConcurrentHashMap.newKeySet();
    private final AtomicInteger number = new AtomicInteger();
    private final List<Thread> threads;

    private Writers(Sandbox sandbox, int count) {
        this.sandbox = sandbox;
        this.threads = IntStream.range(0, count)
                .mapToObj(index -> Thread.ofVirtual().start(this::write))
                .toList();
    }

    static Writers start(Sandbox sandbox, int count) {
        return new Writers(sandbox, count);
    }

    private void write() {
        while (number.get() < AT_MOST) {
            String name = "project-" + number.incrementAndGet();
            try {
                if (create(name).status() == 201) {
                    acknowledged.add(name);
                    continue;
                }
            } catch (UncheckedIOException e) {
                // The crash: whether it was made is not known.
            }
            unsure.add(name);
            return;
        }
    }

    /** Always with the same key for the same name. */
    Answer create(String name) {
        return sandbox.api()
                .post("/organizations/" + sandbox.organization() + "/projects", Map.of("name", name), "key-" + name);
    }

    Set<String> acknowledged() {
        return Set.copyOf(acknowledged);
    }

    /** Waits until each writer has met the crash; gives what they got no answer for. */
    Set<String> awaitFailures() {
        Waits.until("each writer has met the crash", () -> assertThat(threads).noneMatch(Thread::isAlive));
        return Set.copyOf(unsure);
    }

    /** Names of all projects that the writers made. */
    List<String> present() {
        return sandbox.api().all("/organizations/" + sandbox.organization() + "/projects").stream()
                .map(project -> project.path("name").asString())
                .filter(name -> name.startsWith("project-"))
                .toList();
    }

    JsonNode verification() {
        return sandbox.api()
                .get("/organizations/" + sandbox.organization() + "/audit/verification")
                .expect(200)
                .json();
    }

    /** Names of the projects whose making is in the audit log. */
    List<String> auditedCreations() {
        return sandbox.api().all("/organizations/" + sandbox.organization() + "/audit").stream()
                .filter(entry -> entry.path("action").asString().equals("project.created"))
                .map(entry -> entry.path("resource").asString())
                .map(resource -> resource.substring(resource.lastIndexOf('/') + 1))
                .filter(name -> name.startsWith("project-"))
                .toList();
    }
}
