package dev.cytoplane.controlplane.access;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The roles, each with all that the one before it may do. */
public enum Role {
    @JsonProperty("viewer")
    VIEWER(Permission.VIEW),
    @JsonProperty("developer")
    DEVELOPER(Permission.VIEW, Permission.BUILD, Permission.DEPLOY, Permission.CONFIGURE),
    @JsonProperty("admin")
    ADMIN(Permission.values()),
    /** As admin, and the only one who may make or remove owners and delete the organization. */
    @JsonProperty("owner")
    OWNER(Permission.values());

    private final Set<Permission> permissions = EnumSet.noneOf(Permission.class);

    Role(Permission... permissions) {
        this.permissions.addAll(Set.of(permissions));
    }

    /** In the order of their declaration. */
    List<Permission> permissions() {
        return List.copyOf(permissions);
    }

    boolean allows(Permission permission) {
        return permissions.contains(permission);
    }

    static Role of(String stored) {
        return valueOf(stored.toUpperCase(Locale.ROOT));
    }

    String stored() {
        return name().toLowerCase(Locale.ROOT);
    }
}
