package dev.cytoplane.controlplane.access;

import java.util.Optional;
import java.util.UUID;

/** What a caller may see of an organization: all of it, or some of its projects. */
public final class Membership {

    private final OrganizationScope scope;
    private final Grants grants;

    Membership(OrganizationScope scope, Grants grants) {
        this.scope = scope;
        this.grants = grants;
    }

    public OrganizationScope scope() {
        return scope;
    }

    public boolean sees(UUID project) {
        return grants.inProject(project).isPresent();
    }

    public boolean isOwner() {
        return role().filter(Role.OWNER::equals).isPresent();
    }

    Optional<Role> role() {
        return grants.inOrganization();
    }
}
