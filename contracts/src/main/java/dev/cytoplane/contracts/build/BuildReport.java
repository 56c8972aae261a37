package dev.cytoplane.contracts.build;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code PUT /link/v1/builds}: what a data plane can build with, and how the builds are that it was told of. Whole each time:
 * soon after a change, and every five seconds without one.
 *
 * @param concurrency builds at the same time
 * @param tools the versions of {@code java}, {@code maven}, {@code node} and {@code npm}, as far as they are there
 * @param platform operating system and processor, as Java names them
 */
public record BuildReport(int concurrency, Map<String, String> tools, String platform, List<Seen> builds) {

    /** @param message a sentence: why it waits, or how it was lost */
    public record Seen(
            UUID build, int attempt, Phase phase, @Nullable String message) {}

    public enum Phase {
        /** Its pod does not run yet. */
        WAITING,
        RUNNING,
        /** Its pod has ended. Whether well, the pod has said. */
        ENDED,
        /** It cannot go on, and another try would end the same. */
        FAILED,
        /** It cannot go on, and nothing in it is to blame. */
        LOST
    }
}
