package dev.cytoplane.endtoend.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Answer;
import dev.cytoplane.endtoend.platform.Api;
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

    private static final int PEOPLE = 4;
    private static final int AT_MOST = 2_000;

    private final Sandbox sandbox;
    private final Api api;
    private final String prefix;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> unsure = ConcurrentHashMap.newKeySet();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final AtomicInteger number = new AtomicInteger();
    private final List<Thread> threads;

    private volatile boolean stopped;

    private Writers(Sandbox sandbox, Api api, String prefix) {
        this.sandbox = sandbox;
        this.api = api;
        this.prefix = prefix;
        this.threads = IntStream.range(0, PEOPLE)
                .mapToObj(index -> Thread.ofVirtual().start(this::write))
                .toList();
    }

    /**
     * @param token that they write with to the end: no other is asked for meanwhile
     * @param name what the names of their projects begin with, unlike those of others in the organization
     */
    static Writers start(Sandbox sandbox, String token, String name) {
        return new Writers(sandbox, sandbox.api().as(token), name + "-");
    }

    private void write() {
        while (!stopped && number.get() < AT_MOST) {
            String name = prefix + number.incrementAndGet();
            try {
                Answer answer = create(name);
                if (answer.status() == 201) {
                    acknowledged.add(name);
                    continue;
                }
                if (answer.status() < 500) {
                    refused.add(answer.toString());
                    return;
                }
            } catch (UncheckedIOException e) {
                // The crash: whether it was made is not known.
            }
            unsure.add(name);
            return;
        }
    }

    /** Always with the same key for the same name; keys are the caller's, who writes to other organizations too. */
    Answer create(String name) {
        String organization = sandbox.organization();
        return api.post(
                "/organizations/" + organization + "/projects", Map.of("name", name), organization + "-" + name);
    }

    Set<String> acknowledged() {
        assertThat(refused).isEmpty();
        return Set.copyOf(acknowledged);
    }

    /** Waits until they have written some more. */
    void awaitMore() {
        int already = acknowledged().size();
        Waits.until("they write", () -> assertThat(acknowledged()).hasSizeGreaterThan(already + 20));
    }

    /** Lets each writer finish what it is at; gives what got no answer. */
    Set<String> stop() {
        stopped = true;
        Waits.until(
                "each writer has ended", Waits.LONG, () -> assertThat(threads).noneMatch(Thread::isAlive));
        return Set.copyOf(unsure);
    }

    /** Names of all projects that the writers made. */
    List<String> present() {
        return sandbox.api().all("/organizations/" + sandbox.organization() + "/projects").stream()
                .map(project -> project.path("name").asString())
                .filter(name -> name.startsWith(prefix))
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
                .filter(name -> name.startsWith(prefix))
                .toList();
    }
}
