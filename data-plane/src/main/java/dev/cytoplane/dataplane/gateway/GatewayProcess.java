package dev.cytoplane.dataplane.gateway;

import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.dataplane.settings.DataPlaneSettings;
import dev.cytoplane.process.BackOff;
import dev.cytoplane.process.ProcessSpec;
import dev.cytoplane.process.Processes;
import dev.cytoplane.process.RunningProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one gateway process of a local data plane: started, restarted, and adopted after a crash of the agent. */
final class GatewayProcess {

    private static final Logger log = LoggerFactory.getLogger(GatewayProcess.class);

    private final Processes processes;
    private final DataPlaneSettings settings;
    private final GatewayFolder folder;
    /** Names the command too: a gateway that was started in another way is not taken for this one. */
    private final String id;

    private final BackOff backOff;
    private volatile @Nullable RunningProcess process;
    private long nextStartNanos = System.nanoTime();
    private @Nullable String fault;

    GatewayProcess(DataPlaneSettings settings, GatewayFolder folder, RandomGenerator random) {
        this.settings = settings;
        this.folder = folder;
        this.processes = new Processes(folder.path().resolve("process"));
        this.backOff = new BackOff(Duration.ofMillis(200), Duration.ofSeconds(15), Duration.ofMinutes(1), random);
        this.id = "cell-gateway-"
                + ContractJson.contentHash(List.of(
                                settings.gateway().command(), settings.gateway().environment()))
                        .substring("sha256:".length(), "sha256:".length() + 8);
        this.process = processes.adopt(id).orElse(null);
        if (process != null) {
            log.info("Adopted the cell gateway");
        }
        processes.endOrphans(Set.of(id), Duration.ofSeconds(10)).join();
    }

    boolean isAlive() {
        RunningProcess running = process;
        return running != null && running.isAlive();
    }

    /** Why it does not run, or null. */
    @Nullable
    String fault() {
        return fault;
    }

    /** Starts it when it does not run and it is time to. */
    void ensure() {
        RunningProcess running = process;
        if (running != null && running.isAlive()) {
            return;
        }
        if (running != null) {
            process = null;
            Duration wait = backOff.after(Duration.between(running.startedAt(), Instant.now()));
            fault = "The cell gateway " + running.onExit().join().describe() + "; its log is " + logFile();
            log.warn("{}. Next start in {} ms", fault, wait.toMillis());
            nextStartNanos = System.nanoTime() + wait.toNanos();
        }
        if (System.nanoTime() - nextStartNanos < 0) {
            return;
        }
        try {
            folder.forgetApplied();
            process = processes.start(
                    new ProcessSpec(id, settings.gateway().command(), folder.path(), environment(), logFile()));
            fault = null;
        } catch (IOException e) {
            Duration wait = backOff.after(Duration.ZERO);
            fault = "The cell gateway cannot be started: " + e.getMessage();
            log.warn("{}. Next try in {} ms", fault, wait.toMillis());
            nextStartNanos = System.nanoTime() + wait.toNanos();
        }
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        environment.put("PATH", settings.javaHomeOrOwn().resolve("bin") + ":/usr/local/bin:/usr/bin:/bin");
        environment.put("JAVA_HOME", settings.javaHomeOrOwn().toString());
        environment.put("LANG", "C.UTF-8");
        environment.put("CYTOPLANE_GATEWAY_DIRECTORY", folder.path().toString());
        // Beside the folder and not in it: whatever happens to the one, the gateway has the other.
        environment.put(
                "CYTOPLANE_GATEWAY_STATE",
                folder.path().resolveSibling("gateway-last-good").toString());
        environment.putAll(settings.gateway().environment());
        return environment;
    }

    private Path logFile() {
        return folder.path().resolve("gateway.log");
    }

    void stop(Duration grace) {
        processes.endOrphans(Set.of(), grace).join();
    }

    void close() {
        processes.close();
    }
}
