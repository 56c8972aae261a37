package dev.cytoplane.dataplane.runtime.local;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the local runtime is told about this machine.
 *
 * @param state the data plane's state folder
 * @param javaHome the Java for components and static servers
 * @param nodeFolder the folder that holds {@code node} and {@code npm}; null when there is none
 * @param telemetryEndpoint base URL of an OTLP/HTTP receiver, told to components
 * @param firstWait the wait before the first restart
 * @param longestWait the longest wait before a restart
 */
public record LocalSettings(
        Path state,
        Path javaHome,
        @Nullable Path nodeFolder,
        @Nullable String telemetryEndpoint,
        Duration firstWait,
        Duration longestWait) {

    public LocalSettings(Path state, Path javaHome, @Nullable Path nodeFolder, @Nullable String telemetryEndpoint) {
        this(state, javaHome, nodeFolder, telemetryEndpoint, Duration.ofMillis(500), Duration.ofSeconds(60));
    }

    Path componentFolder(String cell, String component) {
        return state.resolve("cells").resolve(cell).resolve(component);
    }
}
