package dev.cytoplane.dataplane.cell;

import dev.cytoplane.dataplane.artifact.Artifacts;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the artifacts of the wanted releases here. A release that served before is here already, or cannot be had. */
final class FetchArtifacts implements Step {

    private static final Logger log = LoggerFactory.getLogger(FetchArtifacts.class);
    private static final int FAILURES_UNTIL_FINAL = 6;
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

    private final Artifacts artifacts;
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();

    FetchArtifacts(Artifacts artifacts) {
        this.artifacts = artifacts;
    }

    @Override
    public Optional<Duration> take(CellPass pass) throws InterruptedException {
        Duration retry = null;
        for (CellPass.Candidate candidate : pass.last.values()) {
            candidate.artifact =
                    artifacts.present(candidate.component.artifact().digest()).orElse(null);
        }
        for (CellPass.Candidate candidate : pass.desired.values()) {
            String key = pass.name() + "/" + candidate.component.artifact().digest();
            try {
                candidate.artifact = artifacts.get(candidate.component.artifact());
                failures.remove(key);
            } catch (IOException | IllegalArgumentException e) {
                int count = failures.merge(key, 1, Integer::sum);
                log.warn("The artifact of {} {} cannot be fetched", pass.name(), candidate.component.name(), e);
                candidate.trouble = new CellPass.Trouble(
                        "The artifact cannot be fetched, trying again: " + e.getMessage(),
                        count >= FAILURES_UNTIL_FINAL);
                long millis = FIRST_RETRY.toMillis() << Math.min(count, 10);
                Duration wait = Duration.ofMillis(Math.min(millis, LONGEST_RETRY.toMillis()));
                retry = retry == null || wait.compareTo(retry) < 0 ? wait : retry;
            }
        }
        return Optional.ofNullable(retry);
    }
}
