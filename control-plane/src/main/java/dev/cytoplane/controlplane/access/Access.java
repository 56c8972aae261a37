package dev.cytoplane.controlplane.access;

import dev.cytoplane.controlplane.problem.Problem;
import dev.cytoplane.controlplane.tenancy.Tenancy;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/**
 * The one way from the names in a path to what they name. It looks up the owner, checks the caller's role there, and
 * enters the organization's tenancy for the rest of the request. What the caller may not know of is answered like what
 * does not exist.
 */
@Component
public class Access {

    private final Owners owners;
    private final Tenancy tenancy;
    private final Tokens tokens;
    private final Directory directory;

    Access(Owners owners, Tenancy tenancy, Tokens tokens, Directory directory) {
        this.owners = owners;
        this.tenancy = tenancy;
        this.tokens = tokens;
        this.directory = directory;
    }

    /** Who makes this request. */
    public Caller caller() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null && authentication.getPrincipal() instanceof Caller caller) {
            return caller;
        }
        throw Problem.of(HttpStatus.UNAUTHORIZED, "unauthenticated", "Sign in first.");
    }

    /** The caller, where the platform itself is managed. */
    public Caller platformAdmin() {
        if (!isPlatformAdmin()) {
            throw Problem.forbidden(
                    "This needs the role platform-admin. An access token has it only when it was made for"
                            + " that, and its owner has the role still.");
        }
        return caller();
    }

    /** @throws Problem 503 when the identity provider has to be asked, and does not answer */
    boolean isPlatformAdmin() {
        Caller caller = caller();
        return switch (caller.platformAdmin()) {
            case NO -> false;
            case YES -> true;
            case IF_STILL_HELD -> directory.isPlatformAdmin(caller.subject());
        };
    }

    /** An organization in which the caller holds a role that has the permission. */
    public OrganizationScope organization(String organization, Permission permission) {
        var found = member(organization);
        require(found.grants().inOrganization(), permission, found.scope().path());
        tenancy.enter(found.scope().organizationId());
        return found.scope();
    }

    /** An organization that the caller may know of, be it for one of its projects only. */
    public Membership membership(String organization) {
        var found = member(organization);
        tenancy.enter(found.scope().organizationId());
        return new Membership(found.scope(), found.grants());
    }

    public ProjectScope project(String organization, String project, Permission permission) {
        var found = member(organization);
        ProjectScope scope = visible(found, project);
        require(found.grants().inProject(scope.projectId()), permission, scope.path());
        tenancy.enter(scope.organizationId());
        return scope;
    }

    public ComponentScope component(String organization, String project, String component, Permission permission) {
        var found = member(organization);
        ProjectScope owner = visible(found, project);
        ComponentScope scope = owners.component(owner, component)
                .orElseThrow(() -> Problem.notFound("component", owner.path() + "/" + component));
        require(found.grants().inProject(owner.projectId()), permission, scope.path());
        tenancy.enter(scope.organizationId());
        return scope;
    }

    /**
     * The owner of a component that is known by its id only. Checks no caller and enters no tenancy: for background work
     * and for webhooks, which prove themselves by a signature.
     */
    public Optional<ComponentScope> ownerOf(UUID componentId) {
        return owners.component(componentId);
    }

    /** For Git over HTTP, where the token comes as a password: an access token or a JWT. Empty when it is not valid. */
    public Optional<Caller> authenticateToken(String token) {
        return tokens.authenticate(token);
    }

    /** Owners are made and removed by owners only. */
    void requireMayBind(String organization, Role role) {
        if (role == Role.OWNER && !membership(organization).isOwner()) {
            throw Problem.forbidden("Only an owner of " + organization + " may give or take the role owner.");
        }
    }

    private ProjectScope visible(Owners.Found found, String project) {
        return owners.project(found.scope(), project)
                .filter(it -> found.grants().inProject(it.projectId()).isPresent())
                .orElseThrow(() -> Problem.notFound("project", found.scope().path() + "/" + project));
    }

    private Owners.Found member(String organization) {
        return owners.organization(organization, caller().subject())
                .filter(it -> it.grants().isMember())
                .orElseThrow(() -> Problem.notFound("organization", organization));
    }

    private static void require(Optional<Role> role, Permission permission, String path) {
        if (role.filter(it -> it.allows(permission)).isEmpty()) {
            throw Problem.forbidden("Your role in %s does not have the permission %s. Ask one of its admins for it."
                    .formatted(path, permission));
        }
    }
}
