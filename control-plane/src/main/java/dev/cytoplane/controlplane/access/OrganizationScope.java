package dev.cytoplane.controlplane.access;

import java.util.UUID;

/** An organization that the caller was checked for. */
public record OrganizationScope(UUID organizationId, String organization) {

    /** The path under which audit and events know it. */
    public String path() {
        return organization;
    }
}
