package dev.cytoplane.controlplane.access;

import java.util.UUID;

/** A component that the caller was checked for. */
public record ComponentScope(
        UUID organizationId, String organization, UUID projectId, String project, UUID componentId, String component) {

    public String path() {
        return organization + "/" + project + "/" + component;
    }
}
