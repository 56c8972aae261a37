package dev.cytoplane.controlplane.access;

import java.util.UUID;

/** A project that the caller was checked for. */
public record ProjectScope(UUID organizationId, String organization, UUID projectId, String project) {

    public String path() {
        return organization + "/" + project;
    }
}
