package dev.cytoplane.controlplane.access;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody may do in an organization or one of its projects, and which role bindings make it so.
 *
 * @param project null when the question is about the organization itself
 * @param role the role that is held in the end; null for none
 * @param permissions what that role allows
 * @param bindings all role bindings of the user, those of other projects too
 */
record EffectiveAccess(
        String username,
        @Nullable String project,
        @Nullable Role role,
        List<Permission> permissions,
        List<Considered> bindings) {

    /**
     * A role binding, and what it does here.
     *
     * @param project null for the whole organization
     * @param bearing GIVES the role that counts, LIMITS it as a denial, is OUTWEIGHED by another one, or is ELSEWHERE: about
     *     another project
     */
    record Considered(
            UUID id, Role role, Effect effect, @Nullable String project, Grants.Bearing bearing) {}

    static EffectiveAccess of(String username, @Nullable ProjectScope project, Members.Held held) {
        Grants grants = held.grants();
        UUID place = project == null ? null : project.projectId();
        Role role = (place == null ? grants.inOrganization() : grants.inProject(place)).orElse(null);
        return new EffectiveAccess(
                username,
                project == null ? null : project.project(),
                role,
                role == null ? List.of() : role.permissions(),
                IntStream.range(0, held.members().size())
                        .mapToObj(at -> considered(
                                held.members().get(at),
                                grants.bearing(held.bindings().get(at), place)))
                        .toList());
    }

    private static Considered considered(Members.Member member, Grants.Bearing bearing) {
        return new Considered(member.id(), member.role(), member.effect(), member.project(), bearing);
    }
}
