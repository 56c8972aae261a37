package dev.cytoplane.launcher.supervisor;

import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.home.Home;
import dev.cytoplane.process.Sighting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a supervisor tells: {@code run/supervisor.json}, replaced as a whole at each change. It stays behind when the
 * supervisor is killed, which {@link #isLive} tells.
 *
 * @param identity what no other process has, so that a reused pid is not taken for it; a time of start would not do,
 *     since the system counts it from a boot time that moves when the clock is set
 */
public record SupervisorState(
        long pid,
        String identity,
        Instant processStart,
        Phase phase,
        @Nullable String message,
        List<ServiceState> services) {

    public enum Phase {
        STARTING,
        READY,
        STOPPING,
        FAILED
    }

    /** @param readyMillis from the start of the process until it was ready, when it is */
    public record ServiceState(
            String name,
            ServicePhase phase,
            @Nullable Long pid,
            @Nullable Integer port,
            int restarts,
            String message,
            Instant since,
            @Nullable Long readyMillis) {}

    public static Optional<SupervisorState> read(Home home) {
        try {
            return Optional.of(of(Json.parse(Files.readString(file(home)))));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    /** The process that wrote this still runs. */
    public boolean isLive() {
        return Sighting.identity(pid).filter(identity::equals).isPresent();
    }

    void write(Home home) {
        Home.write(file(home), Json.bytes(toJson(this)));
    }

    /** Writes and reads one, as the JVM's training run wants it. */
    public static void warmUp() {
        ServiceState service = new ServiceState("postgres", ServicePhase.READY, 1L, 1, 0, "", Instant.EPOCH, 1L);
        of(toJson(new SupervisorState(1L, "", Instant.EPOCH, Phase.READY, null, List.of(service))));
    }

    private static Path file(Home home) {
        return home.file("run").resolve("supervisor.json");
    }

    private static ObjectNode toJson(SupervisorState state) {
        ObjectNode document = Json.object()
                .put("pid", state.pid)
                .put("identity", state.identity)
                .put("processStart", state.processStart.toString())
                .put("phase", state.phase.name())
                .put("message", state.message);
        state.services.forEach(service -> document.withArray("/services").add(toJson(service)));
        return document;
    }

    private static ObjectNode toJson(ServiceState service) {
        return Json.object()
                .put("name", service.name())
                .put("phase", service.phase().name())
                .put("pid", service.pid())
                .put("port", service.port())
                .put("restarts", service.restarts())
                .put("message", service.message())
                .put("since", service.since().toString())
                .put("readyMillis", service.readyMillis());
    }

    private static SupervisorState of(JsonNode document) {
        List<ServiceState> services = new ArrayList<>();
        for (JsonNode service : Json.list(document, "services")) {
            services.add(new ServiceState(
                    Json.text(service, "name"),
                    ServicePhase.valueOf(Json.text(service, "phase")),
                    service.path("pid").isNumber() ? service.path("pid").asLong() : null,
                    service.path("port").isNumber() ? service.path("port").asInt() : null,
                    service.path("restarts").asInt(0),
                    Json.text(service, "message"),
                    Instant.parse(Json.text(service, "since")),
                    service.path("readyMillis").isNumber()
                            ? service.path("readyMillis").asLong()
                            : null));
        }
        return new SupervisorState(
                document.path("pid").asLong(),
                Json.text(document, "identity"),
                Instant.parse(Json.text(document, "processStart")),
                Phase.valueOf(Json.text(document, "phase")),
                Json.textOrNull(document, "message"),
                services);
    }
}
