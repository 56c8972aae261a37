package dev.cytoplane.cli.place;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.api.Api;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.context.Context;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Completes what a person wrote by what the context says. */
public final class Place {

    private final Context context;
    private final @Nullable String organizationOption;
    private final Supplier<Api> api;

    public Place(Context context, @Nullable String organizationOption, Supplier<Api> api) {
        this.context = context;
        this.organizationOption = organizationOption;
        this.api = api;
    }

    public String organization() {
        if (organizationOption != null) {
            return organizationOption;
        }
        if (context.organization() != null) {
            return context.organization();
        }
        throw new Failure(
                ExitCode.USAGE,
                "It is not said which organization is meant.",
                "Name it with --organization, or choose it for all commands: cyto use ORGANIZATION");
    }

    public String organizationPath() {
        return Api.path("organizations", organization());
    }

    /** A project by its name, or the context's when there is none. */
    public String project(@Nullable String name) {
        if (name != null) {
            return name;
        }
        if (context.project() != null) {
            return context.project();
        }
        throw new Failure(
                ExitCode.USAGE,
                "It is not said which project is meant.",
                "Name it, or choose it for all commands: cyto use " + organization() + "/PROJECT");
    }

    public String projectPath(@Nullable String name) {
        return organizationPath() + Api.path("projects", project(name));
    }

    /** {@code component}, {@code project/component} or {@code organization/project/component}. */
    public ComponentAddress component(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length > 3 || List.of(parts).contains("")) {
            throw new Failure(
                    ExitCode.USAGE, "\"" + text + "\" does not name a component.", "Write PROJECT/COMPONENT.");
        }
        String component = parts[parts.length - 1];
        String project = project(parts.length > 1 ? parts[parts.length - 2] : null);
        return new ComponentAddress(parts.length == 3 ? parts[0] : organization(), project, component);
    }

    /** The environment that is named, else the first stage of the project's pipeline. */
    public String environment(@Nullable String name, ComponentAddress component) {
        if (name != null) {
            return name;
        }
        JsonNode project = api.get().get(component.projectPath());
        String pipeline = Json.text(project, "pipeline");
        JsonNode stages = api.get()
                .get(Api.path(
                        "organizations",
                        component.organization(),
                        "pipelines",
                        pipeline.isEmpty() ? "default" : pipeline));
        return Json.list(stages, "stages").stream()
                .map(JsonNode::asString)
                .findFirst()
                .orElseThrow(() -> new Failure(
                        ExitCode.USAGE, "It is not said which environment is meant.", "Name it: -e ENVIRONMENT"));
    }
}
