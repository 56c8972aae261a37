package dev.cytoplane.cli.delivery;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.api.Api;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.output.Output;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Follows a build: its log as it is written, until it has ended. */
final class BuildWatch {

    private static final Set<String> ENDED = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

    private final Api api;
    private final Output output;
    private final Consumer<String> log;

    /** @param log gets the text of the log, piece by piece */
    BuildWatch(Api api, Output output, Consumer<String> log) {
        this.api = api;
        this.output = output;
        this.log = log;
    }

    /** @return the build as it ended */
    JsonNode follow(String path) {
        JsonNode[] last = {Json.object()};
        api.events(path + "/events", event -> {
            JsonNode data = Json.parse(event.data());
            switch (event.type()) {
                case "log" -> log.accept(Json.text(data, "text"));
                case "status" -> {
                    last[0] = data.has("build") ? data.get("build") : data;
                    return !ENDED.contains(Json.text(last[0], "status"));
                }
                default -> {
                    // Events of the future.
                }
            }
            return true;
        });
        JsonNode build = ENDED.contains(Json.text(last[0], "status")) ? last[0] : api.get(path);
        output.note("");
        return build;
    }

    /** @throws Failure with {@link ExitCode#UNSUCCESSFUL} when it has not succeeded */
    static void requireSuccess(JsonNode build) {
        if (!Json.text(build, "status").equals("SUCCEEDED")) {
            String error = Json.text(build, "error");
            throw new Failure(
                    ExitCode.UNSUCCESSFUL,
                    "The build " + Json.text(build, "status").toLowerCase(java.util.Locale.ROOT)
                            + (error.isEmpty() ? "." : ": " + error),
                    "Its log: cyto build log COMPONENT " + Json.text(build, "id"));
        }
    }
}
