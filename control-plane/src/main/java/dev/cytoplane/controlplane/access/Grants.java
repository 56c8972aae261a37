package dev.cytoplane.controlplane.access;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a caller's role bindings in one organization add up to. A pure function, so that the rules can be read and
 * tested in one place:
 *
 * <ul>
 *   <li>a binding to the organization counts for all its projects, a binding to a project for that one only;
 *   <li>of several allowed roles the highest counts;
 *   <li>a denied role is a ceiling: neither it nor a higher one is held, whoever allows it. So a denied viewer sees
 *       nothing, and a denied developer may at most look.
 * </ul>
 */
record Grants(List<Binding> bindings) {

    /** @param project null for the whole organization */
    record Binding(@Nullable UUID project, Role role, boolean deny) {}

    /** The role held in the organization itself. */
    Optional<Role> inOrganization() {
        return strongest(bindings.stream().filter(b -> b.project() == null).toList());
    }

    Optional<Role> inProject(UUID project) {
        return strongest(bindings.stream()
                .filter(b -> b.project() == null || b.project().equals(project))
                .toList());
    }

    /** May know that the organization exists: holds a role in it, or in one of its projects. */
    boolean isMember() {
        return inOrganization().isPresent()
                || bindings.stream()
                        .map(Binding::project)
                        .anyMatch(
                                project -> project != null && inProject(project).isPresent());
    }

    private static Optional<Role> strongest(List<Binding> relevant) {
        int ceiling = relevant.stream()
                .filter(Binding::deny)
                .mapToInt(b -> b.role().ordinal())
                .min()
                .orElse(Integer.MAX_VALUE);
        int highest = relevant.stream()
                .filter(b -> !b.deny())
                .mapToInt(b -> b.role().ordinal())
                .max()
                .orElse(-1);
        int held = Math.min(highest, ceiling - 1);
        return held < 0 ? Optional.empty() : Optional.of(Role.values()[held]);
    }
}
