package dev.cytoplane.dataplane.cell;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.dataplane.artifact.Artifacts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the artifacts of the wanted releases here. A long fetch goes on beside the passes: what runs meanwhile is looked
 * after. A release that served before is here already, or cannot be had. For one cell.
 */
final class FetchArtifacts implements Step {

    private static final Logger log = LoggerFactory.getLogger(FetchArtifacts.class);
    private static final int FAILURES_UNTIL_FINAL = 6;
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);
    /** Most fetches are shorter; then one pass is enough. */
    private static final Duration AT_ONCE = Duration.ofMillis(250);

    private final Artifacts artifacts;
    private final Runnable wake;
    private final Map<String, Fetch> fetches = new HashMap<>();

    /** @param wake asks for another pass */
    FetchArtifacts(Artifacts artifacts, Runnable wake) {
        this.artifacts = artifacts;
        this.wake = wake;
    }

    @Override
    public Optional<Duration> take(CellPass pass) throws InterruptedException {
        for (CellPass.Candidate candidate : pass.last.values()) {
            candidate.artifact =
                    artifacts.present(candidate.component.artifact().digest()).orElse(null);
        }
        Duration soonest = null;
        for (CellPass.Candidate candidate : pass.desired.values()) {
            Optional<Duration> again = bring(pass.name(), candidate);
            if (again.isPresent() && (soonest == null || again.get().compareTo(soonest) < 0)) {
                soonest = again.get();
            }
        }
        Set<String> wanted = pass.desired.values().stream()
                .map(candidate -> candidate.component.artifact().digest())
                .collect(Collectors.toSet());
        fetches.keySet().retainAll(wanted);
        return Optional.ofNullable(soonest);
    }

    private Optional<Duration> bring(String cell, CellPass.Candidate candidate) throws InterruptedException {
        Cell.Artifact artifact = candidate.component.artifact();
        Fetch fetch = fetches.computeIfAbsent(artifact.digest(), digest -> new Fetch());
        if (fetch.running == null && fetch.untilNextTry().isPositive()) {
            candidate.trouble = fetch.trouble();
            return Optional.of(fetch.untilNextTry());
        }
        try {
            candidate.artifact = fetch.begin(artifacts, artifact, wake).get(AT_ONCE.toMillis(), TimeUnit.MILLISECONDS);
            fetches.remove(artifact.digest());
            return Optional.empty();
        } catch (TimeoutException e) {
            candidate.trouble = new CellPass.Trouble("The artifact is being fetched", false);
            return Optional.empty();
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            fetch.failed(String.valueOf(cause.getMessage()));
            log.warn("The artifact of {} {} cannot be fetched", cell, candidate.component.name(), cause);
            candidate.trouble = fetch.trouble();
            return Optional.of(fetch.untilNextTry());
        }
    }

    /** One artifact on its way. Used by the cell's thread. */
    private static final class Fetch {

        private @Nullable CompletableFuture<Path> running;
        private int failures;
        private String fault = "";
        private long nextTryNanos = System.nanoTime();

        CompletableFuture<Path> begin(Artifacts artifacts, Cell.Artifact artifact, Runnable wake) {
            CompletableFuture<Path> current = running;
            if (current == null) {
                CompletableFuture<Path> started = new CompletableFuture<>();
                Optional<Path> present = artifacts.present(artifact.digest());
                if (present.isPresent()) {
                    started.complete(present.get());
                } else {
                    Thread.ofVirtual().name("fetch " + artifact.digest()).start(() -> {
                        try {
                            started.complete(artifacts.get(artifact));
                        } catch (Exception e) {
                            started.completeExceptionally(e);
                        }
                        wake.run();
                    });
                }
                running = started;
                current = started;
            }
            return current;
        }

        void failed(String cause) {
            running = null;
            failures++;
            fault = cause;
            long millis = FIRST_RETRY.toMillis() << Math.min(failures, 10);
            nextTryNanos = System.nanoTime()
                    + Duration.ofMillis(Math.min(millis, LONGEST_RETRY.toMillis()))
                            .toNanos();
        }

        Duration untilNextTry() {
            return Duration.ofNanos(nextTryNanos - System.nanoTime());
        }

        CellPass.Trouble trouble() {
            return new CellPass.Trouble(
                    "The artifact cannot be fetched, trying again: " + fault, failures >= FAILURES_UNTIL_FINAL);
        }
    }
}
