package dev.cytoplane.dataplane.kubernetes.image;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.dataplane.artifact.Artifacts;
import dev.cytoplane.dataplane.storage.StateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes images of releases: fetches the artifact, puts it upon the base for its language, and pushes the result. The same
 * artifact upon the same base gives the same digest, so making one again changes nothing; what a registry has already is not
 * sent again. Thread-safe.
 */
public final class ReleaseImages implements ImageSource {

    private static final Logger log = LoggerFactory.getLogger(ReleaseImages.class);
    private static final int AT_ONCE = 2;
    private static final int REMEMBERED = 1_000;
    private static final int FAILURES_UNTIL_FINAL = 6;
    private static final Duration DEADLINE = Duration.ofMinutes(10);
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

    private final Artifacts artifacts;
    private final Registry registry;
    private final BaseImages bases;
    private final Path folder;
    private final SiteServer server;
    private final Semaphore slots = new Semaphore(AT_ONCE);
    private final Set<String> used = ConcurrentHashMap.newKeySet();
    private final Map<String, Making> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Making> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param state a folder of which this takes {@code images} */
    public ReleaseImages(Artifacts artifacts, Registry registry, BaseImages bases, Path state) {
        this.artifacts = artifacts;
        this.registry = registry;
        this.bases = bases;
        this.folder = state.resolve("images");
        // What a crash left half done.
        StateFiles.delete(folder.resolve("work"));
        artifacts.clean();
        StateFiles.folder(folder.resolve("work"));
        StateFiles.delete(folder.resolve("site-server"));
        this.server = SiteServer.copy(StateFiles.folder(folder.resolve("site-server")));
    }

    @Override
    public String name(Cell.Component component) {
        Cell.Artifact artifact = component.artifact();
        String upon = bases.of(component);
        if (artifact.kind() == Cell.Artifact.Kind.STATIC) {
            upon += server.digest();
        }
        return registry.repository() + ":" + hex(artifact.digest()) + "-"
                + hex(ContractJson.sha256(upon.getBytes(StandardCharsets.UTF_8)))
                        .substring(0, 8);
    }

    private static String hex(String digest) {
        return digest.substring(digest.indexOf(':') + 1);
    }

    @Override
    public ReleaseImage of(Cell.Component component) {
        try {
            String name = name(component);
            synchronized (known) {
                return known.computeIfAbsent(name, unused -> new Making()).look(name, component);
            }
        } catch (ImageException e) {
            return new ReleaseImage.Waiting(String.valueOf(e.getMessage()), true);
        }
    }

    /** One image on its way. */
    private final class Making {

        private @Nullable CompletableFuture<String> running;
        private int failures;
        private String fault = "";
        private long nextTryNanos = System.nanoTime();

        ReleaseImage look(String name, Cell.Component component) {
            CompletableFuture<String> current = running;
            if (current == null) {
                if (System.nanoTime() - nextTryNanos < 0) {
                    return trouble();
                }
                current = start(name, component);
                running = current;
            }
            if (!current.isDone()) {
                return failures == 0 ? new ReleaseImage.Waiting("its image is being made", false) : trouble();
            }
            if (current.isCompletedExceptionally()) {
                failed(name, current.exceptionNow());
                return trouble();
            }
            return new ReleaseImage.Ready(name + "@" + current.resultNow());
        }

        private void failed(String name, Throwable cause) {
            running = null;
            failures++;
            fault = cause instanceof TimeoutException
                    ? "it took longer than " + DEADLINE.toMinutes() + " minutes"
                    : String.valueOf(cause.getMessage());
            log.warn("The image {} cannot be made: {}", name, fault);
            log.debug("The image {} cannot be made", name, cause);
            long millis = FIRST_RETRY.toMillis() << Math.min(failures, 10);
            nextTryNanos = System.nanoTime()
                    + Duration.ofMillis(Math.min(millis, LONGEST_RETRY.toMillis()))
                            .toNanos();
        }

        private ReleaseImage trouble() {
            return new ReleaseImage.Waiting(
                    "its image cannot be made, trying again: " + fault, failures >= FAILURES_UNTIL_FINAL);
        }
    }

    private CompletableFuture<String> start(String name, Cell.Component component) {
        CompletableFuture<String> made = new CompletableFuture<>();
        Thread maker = Thread.ofVirtual().name("image " + name).start(() -> {
            try {
                made.complete(make(name, component));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                made.completeExceptionally(e);
            } catch (Exception e) {
                made.completeExceptionally(e);
            }
        });
        return made.orTimeout(DEADLINE.toMinutes(), TimeUnit.MINUTES).whenComplete((digest, failure) -> {
            if (failure instanceof TimeoutException) {
                maker.interrupt();
            }
        });
    }

    private String make(String name, Cell.Component component) throws IOException, InterruptedException {
        Cell.Artifact artifact = component.artifact();
        slots.acquire();
        try {
            used.add(artifact.digest());
            long began = System.nanoTime();
            String digest = build(name, component, artifacts.get(artifact));
            log.info(
                    "The image {}@{} is there after {} ms",
                    name,
                    digest,
                    Duration.ofNanos(System.nanoTime() - began).toMillis());
            return digest;
        } finally {
            used.remove(artifact.digest());
            artifacts.prune(used);
            slots.release();
        }
    }

    private String build(String name, Cell.Component component, Path artifact) throws IOException {
        String base = bases.of(component);
        Path layers = Files.createTempDirectory(folder.resolve("work"), "layers-");
        try {
            JibContainerBuilder image = registry.from(base);
            Containerizer to = registry.push(name, base, folder.resolve("bases"), layers);
            return component.artifact().kind() == Cell.Artifact.Kind.STATIC
                    ? Images.site(image, server, artifact, component.artifact().digest(), to)
                    : Images.component(image, artifact, to);
        } finally {
            StateFiles.delete(layers);
        }
    }
}
