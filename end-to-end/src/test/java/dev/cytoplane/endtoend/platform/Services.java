package dev.cytoplane.endtoend.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The platform's own processes, as {@code cyto status} names them. */
public final class Services {

    private final Cyto cyto;

    public Services(Cyto cyto) {
        this.cyto = cyto;
    }

    /** With the data planes, cells and endpoints of every organization. */
    public JsonNode status() {
        // Its exit code tells whether all is well, which is not what is asked here.
        return cyto.run("status", "-o", "json").json();
    }

    private JsonNode services() {
        return look().json().path("services");
    }

    private Cyto.Result look() {
        return cyto.run("status", "--services", "-o", "json");
    }

    /** @throws AssertionError when the service is not there or has no process */
    public long pid(String service) {
        JsonNode found = of(service, look());
        long pid = found.path("pid").asLong(0);
        if (pid <= 0) {
            throw new AssertionError(service + " has no process: " + found);
        }
        return pid;
    }

    public Map<String, Long> pids() {
        Map<String, Long> pids = new HashMap<>();
        services()
                .forEach(service -> pids.put(
                        service.path("name").asString(), service.path("pid").asLong(0)));
        return pids;
    }

    private static JsonNode of(String name, Cyto.Result status) {
        JsonNode services = status.json().path("services");
        return services.valueStream()
                .filter(service -> service.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No service " + name + ": " + services));
    }

    /** Ends a service as a crash does, and gives the process id that it had. */
    public long kill(String service) {
        long pid = pid(service);
        ProcessTable.kill(pid);
        return pid;
    }

    /** Waits until the service runs again, in another process than the one that was ended. */
    public void awaitAgain(String service, long before) {
        // What was ended is found to be gone in a moment; until then all seems well.
        Waits.untilSeldom(service + " runs again", Waits.LONG, () -> {
            JsonNode now = of(service, cyto.run("", Waits.START, "status", "--services", "--wait", "-o", "json"));
            assertThat(now.path("pid").asLong(0)).isNotIn(0L, before);
            assertThat(now.path("status").asString()).isEqualTo("RUNNING");
        });
    }
}
