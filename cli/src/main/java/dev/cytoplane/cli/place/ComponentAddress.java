package dev.cytoplane.cli.place;

import dev.cytoplane.cli.api.Api;

/** A component with its owners. */
public record ComponentAddress(String organization, String project, String component) {

    /** Path of the component, or of something below it. */
    public String path(String... below) {
        return projectPath() + Api.path("components", component) + Api.path(below);
    }

    public String projectPath() {
        return Api.path("organizations", organization, "projects", project);
    }

    @Override
    public String toString() {
        return project + "/" + component;
    }
}
