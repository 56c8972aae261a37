package dev.cytoplane.launcher.demo;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.api.Api;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.output.Output;
import dev.cytoplane.cli.output.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Brings the shop to where it should be, whatever of it is there already. */
final class Shop {

    static final String ORGANIZATION = "acme";
    static final String ENVIRONMENT = "development";
    private static final Duration LIVE = Duration.ofMinutes(5);
    private static final Set<String> ENDED = Set.of("LIVE", "FAILED", "SUPERSEDED", "REMOVED");

    private final Api api;
    private final Supplier<String> token;
    private final Output output;
    private final Path samples;

    /** @param token a fresh access token of the API, for Git */
    Shop(Api api, Supplier<String> token, Output output, Path samples) {
        this.api = api;
        this.token = token;
        this.output = output;
        this.samples = samples;
    }

    void createOrganization() {
        String organization = Api.path("organizations", ORGANIZATION);
        if (!api.exists(organization)) {
            api.post("/organizations", Json.object().put("name", ORGANIZATION).put("displayName", "The Corner Shop"));
            output.note("Created the organization " + ORGANIZATION + ".");
        }
        boolean member = Json.list(api.list(organization + "/members", 1000), "items").stream()
                .anyMatch(each -> Json.text(each, "username").equals("admin"));
        if (!member) {
            api.post(
                    organization + "/members",
                    Json.object().put("username", "admin").put("role", "owner"));
        }
    }

    void createComponent(Sample sample) {
        String project = Api.path("organizations", ORGANIZATION, "projects", sample.project());
        if (!api.exists(project)) {
            api.post(
                    Api.path("organizations", ORGANIZATION, "projects"),
                    Json.object().put("name", sample.project()));
            output.note("Created the project " + sample.project() + ".");
        }
        if (!api.exists(path(sample))) {
            api.post(project + "/components", Json.object().put("name", sample.component()));
        }
    }

    /** Pushes the sample unless it was pushed before, and returns when it is live. */
    void release(Sample sample) {
        String url = Json.text(api.get(path(sample)), "gitUrl");
        try (SampleRepository repository = SampleRepository.of(samples.resolve(sample.folder()), sample.component())) {
            String remote = repository.remote(url, token.get());
            if (remote.isEmpty()) {
                output.note("");
                output.note("git push " + url + " main");
                repository.push(url, token.get(), output::note);
            } else if (!isLive(sample) && remote.equals(repository.head())) {
                output.note(sample + " was pushed but is not live: building it again.");
                api.post(path(sample) + "/builds", Json.object().put("branch", "main"));
            } else {
                output.note(sample + " is there already.");
            }
        }
        awaitLive(sample);
    }

    private boolean isLive(Sample sample) {
        return Json.list(deployments(sample), "items").stream()
                .anyMatch(deployment -> Json.text(deployment, "status").equals("LIVE"));
    }

    private JsonNode deployments(Sample sample) {
        return api.list(path(sample) + "/deployments?environment=" + ENVIRONMENT + "&sort=-createdAt", 20);
    }

    private void awaitLive(Sample sample) {
        Instant deadline = Instant.now().plus(LIVE);
        try (Progress progress = output.progress("Waiting until " + sample + " is live")) {
            while (true) {
                List<JsonNode> deployments = Json.list(deployments(sample), "items");
                String newest = deployments.isEmpty() ? "" : Json.text(deployments.getFirst(), "status");
                if (deployments.stream()
                                .anyMatch(each -> Json.text(each, "status").equals("LIVE"))
                        && ENDED.contains(newest)) {
                    return;
                }
                if (newest.equals("FAILED") || Instant.now().isAfter(deadline)) {
                    String why = deployments.isEmpty()
                            ? "nothing was deployed"
                            : Json.text(deployments.getFirst(), "message");
                    throw new Failure(
                            ExitCode.UNSUCCESSFUL,
                            sample + " is not live: " + why,
                            "cyto build log " + sample + "; cyto logs " + sample);
                }
                progress.update("Waiting until " + sample + " is live");
                api.http().pause(Duration.ofMillis(250));
            }
        }
    }

    /** The endpoints of the environment the samples run in. */
    List<JsonNode> endpoints() {
        return Json.list(
                api.list(Api.path("organizations", ORGANIZATION, "endpoints") + "?environment=" + ENVIRONMENT, 1000),
                "items");
    }

    private static String path(Sample sample) {
        return Api.path("organizations", ORGANIZATION, "projects", sample.project(), "components", sample.component());
    }
}
