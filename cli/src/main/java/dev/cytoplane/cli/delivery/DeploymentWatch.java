package dev.cytoplane.cli.delivery;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Api;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.output.Output;
import dev.cytoplane.cli.output.Progress;
import dev.cytoplane.cli.output.Style;
import dev.cytoplane.cli.place.ComponentAddress;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Follows a deployment until it is live, or is not going to be. */
public final class DeploymentWatch {

    private static final Set<String> ENDED = Set.of("LIVE", "FAILED", "SUPERSEDED", "REMOVED");

    private final Session session;

    public DeploymentWatch(Session session) {
        this.session = session;
    }

    /** Waits, tells how it ended, and prints it as the result. @throws Failure when it has failed */
    int finish(ComponentAddress component, JsonNode started, boolean wait) {
        JsonNode ended = wait ? follow(component.path("deployments", Json.text(started, "id"))) : started;
        tell(component, ended);
        return 0;
    }

    /** @return the deployment as it ended */
    public JsonNode follow(String path) {
        Api api = session.api();
        Output output = session.output();
        JsonNode[] last = {Json.object()};
        try (Progress progress = output.progress("Deploying")) {
            api.events(path + "/events", event -> {
                JsonNode data = Json.parse(event.data());
                if (event.type().equals("status")) {
                    last[0] = data.has("deployment") ? data.get("deployment") : data;
                    String message = Json.text(last[0], "message");
                    progress.update("Deploying to " + Json.text(last[0], "environment")
                            + (message.isEmpty() ? "" : ": " + message));
                    return !ENDED.contains(Json.text(last[0], "status"));
                }
                return true;
            });
        }
        return ENDED.contains(Json.text(last[0], "status")) ? last[0] : api.get(path);
    }

    void tell(ComponentAddress component, JsonNode deployment) {
        Output output = session.output();
        String status = Json.text(deployment, "status");
        String environment = Json.text(deployment, "environment");
        if (session.json()) {
            output.result(Json.pretty(deployment));
        }
        switch (status) {
            case "FAILED", "SUPERSEDED" ->
                throw new Failure(
                        ExitCode.UNSUCCESSFUL,
                        "The deployment of " + component + " to " + environment
                                + (status.equals("FAILED") ? " failed: " : " was superseded: ")
                                + Json.text(deployment, "message"),
                        status.equals("FAILED")
                                ? "What the component said: cyto logs " + component + " -e " + environment
                                : "A newer one took its place: cyto list deployments " + component);
            case "LIVE" -> {
                if (!session.json()) {
                    output.result(output.style(Style.GOOD, "Live") + " in " + environment + ": " + component + " "
                            + Json.text(deployment, "release"));
                    Json.list(deployment, "urls").forEach(url -> output.result("  " + url.asString()));
                }
            }
            case "REMOVED" -> {
                if (!session.json()) {
                    output.result("Removed " + component + " from " + environment + ".");
                }
            }
            default -> {
                if (!session.json()) {
                    output.result("The deployment " + Json.text(deployment, "id") + " is "
                            + status.toLowerCase(java.util.Locale.ROOT) + ".");
                }
            }
        }
    }
}
