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
        return strongest(relevant(null));
    }

    Optional<Role> inProject(UUID project) {
        return strongest(relevant(project));
    }

    /** May know that the organization exists: holds a role in it, or in one of its projects. */
    boolean isMember() {
        return inOrganization().isPresent()
                || bindings.stream()
                        .map(Binding::project)
                        .anyMatch(
                                project -> project != null && inProject(project).isPresent());
    }

    /** What a binding does to the role that is held where the question is asked. */
    enum Bearing {
        /** Allows the role that counts. */
        GIVES,
        /** Keeps the role below what is allowed. */
        LIMITS,
        /** Is about the same place, and another binding decides. */
        OUTWEIGHED,
        /** Is about another project. */
        ELSEWHERE
    }

    /** @param project null for the organization itself */
    Bearing bearing(Binding binding, @Nullable UUID project) {
        List<Binding> relevant = relevant(project);
        if (!relevant.contains(binding)) {
            return Bearing.ELSEWHERE;
        }
        int highest = highest(relevant);
        int ceiling = ceiling(relevant);
        int rank = binding.role().ordinal();
        if (binding.deny()) {
            return rank == ceiling && rank <= highest ? Bearing.LIMITS : Bearing.OUTWEIGHED;
        }
        return rank == highest ? Bearing.GIVES : Bearing.OUTWEIGHED;
    }

    private List<Binding> relevant(@Nullable UUID project) {
        return bindings.stream()
                .filter(b -> b.project() == null || b.project().equals(project))
                .toList();
    }

    private static int highest(List<Binding> relevant) {
        return relevant.stream()
                .filter(b -> !b.deny())
                .mapToInt(b -> b.role().ordinal())
                .max()
                .orElse(-1);
    }

    private static int ceiling(List<Binding> relevant) {
        return relevant.stream()
                .filter(Binding::deny)
                .mapToInt(b -> b.role().ordinal())
                .min()
                .orElse(Integer.MAX_VALUE);
    }

    private static Optional<Role> strongest(List<Binding> relevant) {
        int held = Math.min(highest(relevant), ceiling(relevant) - 1);
        return held < 0 ? Optional.empty() : Optional.of(Role.values()[held]);
    }
}
