package dev.cytoplane.controlplane.build.remote;

import dev.cytoplane.contracts.build.BuildOrder;
import dev.cytoplane.contracts.build.BuildResult;
import dev.cytoplane.contracts.build.BuildTask;
import dev.cytoplane.controlplane.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * An attempt of a build that a data plane is to execute, from the wish to the end. The run waits for news; what brings them is
 * the link. Thread-safe.
 */
final class Order {

    private final UUID build;
    private final int attempt;
    private final String dataPlane;
    private final String token;
    private final BuildTask task;
    private final Path source;
    private final Path artifact;
    private final Consumer<String> log;
    private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
    private @Nullable String pod;
    private @Nullable String digest;
    private long lines;
    private boolean packed;
    private boolean ended;

    /**
     * @param source the archive that the pod gets
     * @param artifact where the archive lands that it brings
     */
    Order(
            UUID build,
            int attempt,
            String dataPlane,
            String token,
            BuildTask task,
            Path source,
            Path artifact,
            Consumer<String> log) {
        this.build = build;
        this.attempt = attempt;
        this.dataPlane = dataPlane;
        this.token = token;
        this.task = task;
        this.source = source;
        this.artifact = artifact;
        this.log = log;
    }

    UUID build() {
        return build;
    }

    String dataPlane() {
        return dataPlane;
    }

    BuildTask task() {
        return task;
    }

    Path source() {
        return source;
    }

    Path artifact() {
        return artifact;
    }

    synchronized BuildOrder told() {
        return new BuildOrder(build, attempt, token, pod != null, task.seconds(), task.memory(), task.disk());
    }

    boolean isOpenedBy(@Nullable String shown) {
        return shown != null
                && MessageDigest.isEqual(
                        shown.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The first pod has it to itself.
     *
     * @throws Problem 409 for another one, and once the build has ended
     */
    synchronized void claim(String name) {
        if (pod == null) {
            pod = name;
            news.add(new News.Begun());
        }
        if (ended || !pod.equals(name)) {
            throw Problem.conflict("build-taken", "This build has ended, or another pod has it.");
        }
    }

    /** Lines from a number on; those that came before are left out. */
    synchronized void lines(long from, String text) {
        long number = from;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            if (number++ >= lines) {
                log.accept(line);
                lines = number;
            }
        }
    }

    /** The artifact begins to come. */
    synchronized void packed() {
        if (!packed) {
            packed = true;
            news.add(new News.Packed());
        }
    }

    /** All of the artifact is there. */
    synchronized void brought(String digest) {
        this.digest = digest;
    }

    /** @throws Problem 400 when it names another artifact than was brought */
    synchronized void end(BuildResult result) {
        if (result instanceof BuildResult.Built built && !built.digest().equals(digest)) {
            throw Problem.of(HttpStatus.BAD_REQUEST, "another-artifact", "This is not the artifact that was brought.");
        }
        ended = true;
        news.add(new News.Ended(result));
    }

    void hear(News heard) {
        news.add(heard);
    }

    /** Empty when there are none in time. */
    Optional<News> await(Duration most) throws InterruptedException {
        return Optional.ofNullable(news.poll(Math.max(0, most.toNanos()), TimeUnit.NANOSECONDS));
    }

    int attempt() {
        return attempt;
    }
}
