package dev.cytoplane.cli.context;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A server with the organization and project that commands mean when they name none. */
public record Context(
        String name,
        URI server,
        @Nullable String organization,
        @Nullable String project) {

    public Context at(@Nullable String otherOrganization, @Nullable String otherProject) {
        return new Context(name, server, otherOrganization, otherProject);
    }
}
