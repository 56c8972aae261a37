package dev.cytoplane.endtoend.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Git;
import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.ProcessTable;
import dev.cytoplane.endtoend.platform.Sandbox;
import dev.cytoplane.endtoend.platform.Waits;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** An organization with one small service that is live, and what has to be true of the machine after every crash. */
final class Shop {

    static final String COMPONENT = "hello";

    final Platform platform;
    final Sandbox sandbox;
    final Git git;
    final String url;

    private Shop(Platform platform, Sandbox sandbox, Git git, String url) {
        this.platform = platform;
        this.sandbox = sandbox;
        this.git = git;
        this.url = url;
    }

    static Shop open(Platform platform, String name) {
        Sandbox sandbox = platform.sandbox(name);
        sandbox.create(COMPONENT);
        Git git = sandbox.nodeService(COMPONENT, "first");
        git.commit("first");
        sandbox.push(git, COMPONENT).ok();
        String url = sandbox.url(COMPONENT);
        sandbox.awaitAnswer(url, "first");
        return new Shop(platform, sandbox, git, url);
    }

    /** Pushes another text without waiting for what becomes of it; gives the commit. */
    String pushSoon(String text) {
        sandbox.service(git, text);
        return pushChanged(text);
    }

    /**
     * The same with a text whose build waits for {@link #letBuild} and whose instances wait for {@link #letStart}: so one
     * is there in the middle of it, however slow the machine.
     */
    String pushHeld(String text) {
        sandbox.service(git, text);
        git.write("package.json", """
                {"name": "hello", "version": "1.0.0", "private": true, "scripts": {"build": "node build.js"}}
                """);
        git.write("build.js", """
                const wait = () => require('fs').existsSync('%s') || setTimeout(wait, 50);
                wait();
                """.formatted(gate("build")));
        git.write("server.js", """
                const server = require('http').createServer((request, response) => response.end('%s'));
                const start = () => require('fs').existsSync('%s')
                  ? server.listen(process.env.PORT, '127.0.0.1') : setTimeout(start, 50);
                start();
                process.on('SIGTERM', () => process.exit(0));
                """.formatted(text, gate("start")));
        git.append("cytoplane.yaml", """
                probes:
                  readiness: {startupSeconds: 600}
                """);
        return pushChanged(text);
    }

    void letBuild() {
        git.write(".git/let-build", "");
    }

    void letStart() {
        git.write(".git/let-start", "");
    }

    private Path gate(String name) {
        return git.tree().resolve(".git/let-" + name);
    }

    private String pushChanged(String text) {
        String commit = git.commit(text);
        sandbox.startPush(git, COMPONENT);
        return commit;
    }

    /** Commits another text, pushes it, and waits until the address answers it. */
    void release(String text) {
        sandbox.service(git, text);
        git.commit(text);
        sandbox.push(git, COMPONENT).ok();
        sandbox.awaitAnswer(url, text);
    }

    JsonNode builds() {
        return sandbox.api()
                .get(sandbox.component(COMPONENT) + "/builds?sort=-createdAt")
                .expect(200)
                .json()
                .path("items");
    }

    String statusOfBuild(String commit) {
        return buildOf(commit).path("status").asString();
    }

    String statusOfDeployment(String commit) {
        return deploymentOf(commit).path("status").asString();
    }

    /** The messages of the commits that were built, the newest first. */
    List<String> commits() {
        return builds().valueStream()
                .map(build -> git.message(build.path("commit").asString()))
                .toList();
    }

    /** The newest build of a commit. */
    private JsonNode buildOf(String commit) {
        return builds().valueStream()
                .filter(build -> build.path("commit").asString("").equals(commit))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No build of " + commit));
    }

    JsonNode deployments() {
        return sandbox.api()
                .get(sandbox.component(COMPONENT) + "/deployments?sort=-createdAt")
                .expect(200)
                .json()
                .path("items");
    }

    /** The deployment of the release that was built from a commit. */
    private JsonNode deploymentOf(String commit) {
        String deployment = buildOf(commit).path("deployment").asString("");
        return deployments()
                .valueStream()
                .filter(found -> found.path("id").asString().equals(deployment))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No deployment of " + commit));
    }

    void awaitAnswer(String text) {
        sandbox.awaitAnswer(url, text);
    }

    /** Instances of this shop's component. */
    Set<Long> instances() {
        return platform.processes().components().stream()
                .filter(entry -> entry.data().contains("." + sandbox.organization() + "/"))
                .map(ProcessTable.Entry::pid)
                .collect(Collectors.toSet());
    }

    /**
     * Every process that runs out of the state folder is a service or an instance that a cell wants; no instance runs
     * twice. What is being stopped gets its grace period.
     */
    void assertNoOrphans() {
        Waits.untilSeldom("no process is without an owner", Waits.USUAL, () -> {
            Map<String, Long> instances = platform.processes().components().stream()
                    .collect(Collectors.groupingBy(ProcessTable.Entry::instance, Collectors.counting()));
            assertThat(instances.values())
                    .as("processes of an instance: " + instances)
                    .containsOnly(1L);
            Set<Long> services = Set.copyOf(platform.services().pids().values());
            List<ProcessTable.Entry> orphans = platform.processes().all().stream()
                    .filter(entry -> !instances.containsKey(entry.instance()))
                    .filter(entry -> !isOneOf(services, entry.pid()))
                    .toList();
            assertThat(orphans).as("processes that belong to no service").isEmpty();
        });
    }

    private static boolean isOneOf(Set<Long> services, long pid) {
        return ProcessHandle.of(pid)
                .map(process -> {
                    ProcessHandle current = process;
                    while (true) {
                        if (services.contains(current.pid())) {
                            return true;
                        }
                        if (current.parent().isEmpty()) {
                            return false;
                        }
                        current = current.parent().get();
                    }
                })
                .orElse(true); // It has ended meanwhile.
    }
}
