package dev.cytoplane.controlplane.access;

import dev.cytoplane.controlplane.audit.Audit;
import dev.cytoplane.controlplane.concurrency.Versioned;
import dev.cytoplane.controlplane.event.Outbox;
import dev.cytoplane.controlplane.id.Ids;
import dev.cytoplane.controlplane.page.Columns;
import dev.cytoplane.controlplane.page.Listing;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import dev.cytoplane.controlplane.problem.Problem;
import dev.cytoplane.controlplane.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The role bindings of organizations. */
@Repository
@Transactional
public class Members {

    private static final String SELECT = """
            select b.*, p.name as project from role_bindings b left join projects p on p.id = b.project_id""";

    private final JdbcClient jdbc;
    private final Tenancy tenancy;
    private final Audit audit;
    private final Outbox outbox;

    Members(JdbcClient jdbc, Tenancy tenancy, Audit audit, Outbox outbox) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
        this.audit = audit;
        this.outbox = outbox;
    }

    /** @param project null for the whole organization */
    record Member(
            UUID id,
            String username,
            Role role,
            @Nullable String project,
            Effect effect,
            Instant createdAt,
            Instant updatedAt,
            long version)
            implements Versioned {}

    /** @param bindings those of {@code members}, in their order, as the rules of roles take them */
    record Held(List<Member> members, List<Grants.Binding> bindings) {

        static final Held NOTHING = new Held(List.of(), List.of());

        Grants grants() {
            return new Grants(bindings);
        }
    }

    /** At the creation of an organization. */
    public void makeOwner(OrganizationScope scope, Caller caller) {
        add(scope, null, caller.subject(), caller.username(), Role.OWNER, Effect.ALLOW);
    }

    Member add(
            OrganizationScope scope,
            @Nullable ProjectScope project,
            String subject,
            String username,
            Role role,
            Effect effect) {
        UUID id = Ids.next();
        try {
            jdbc.sql("""
                    insert into role_bindings (id, organization_id, project_id, subject, username, role, effect)
                    values (?, ?, ?, ?, ?, ?, ?)""")
                    .param(id)
                    .param(scope.organizationId())
                    .param(project == null ? null : project.projectId())
                    .param(subject)
                    .param(username)
                    .param(role.stored())
                    .param(effect.stored())
                    .update();
        } catch (DuplicateKeyException e) {
            throw Problem.conflict("already-exists", username + " has this very role binding already.");
        }
        written(scope, "member.added", username, details(role, effect, project == null ? null : project.project()));
        return get(scope, id);
    }

    @Transactional(readOnly = true)
    Page<Member> list(OrganizationScope scope, @Nullable String username, PageRequest page) {
        return Listing.of(SELECT)
                .where("organization_id = :organization", "organization", scope.organizationId())
                .filter("username = :username", "username", username)
                .sort("username", "username", Listing.Type.TEXT)
                .sort("createdAt", "created_at", Listing.Type.TIME)
                .page(jdbc, page, Members::row);
    }

    @Transactional(readOnly = true)
    Member get(OrganizationScope scope, UUID id) {
        return jdbc.sql(SELECT + " where b.organization_id = ? and b.id = ?")
                .params(scope.organizationId(), id)
                .query(Members::row)
                .optional()
                .orElseThrow(() -> Problem.notFound("member", id.toString()));
    }

    /** Everything that the subject holds, the whole organization's first. */
    @Transactional(readOnly = true)
    Held heldBy(OrganizationScope scope, String subject) {
        List<Member> members = new ArrayList<>();
        List<Grants.Binding> bindings = new ArrayList<>();
        jdbc.sql(SELECT + " where b.organization_id = ? and b.subject = ? order by p.name nulls first, b.created_at")
                .params(scope.organizationId(), subject)
                .query(row -> {
                    members.add(row(row, members.size()));
                    bindings.add(Owners.binding(row));
                });
        return new Held(members, bindings);
    }

    /** Whom a user name means here. A name that was given to another user since means the one who got a role last. */
    @Transactional(readOnly = true)
    Optional<String> subjectOf(OrganizationScope scope, String username) {
        return jdbc.sql("""
                select subject from role_bindings where organization_id = ? and username = ?
                order by created_at desc limit 1""")
                .params(scope.organizationId(), username)
                .query(String.class)
                .optional();
    }

    void delete(OrganizationScope scope, Member member) {
        // Two owners who remove each other at once would else leave none.
        jdbc.sql("select id from organizations where id = ? for update")
                .param(scope.organizationId())
                .query(UUID.class)
                .single();
        jdbc.sql("delete from role_bindings where id = ?").param(member.id()).update();
        long owners =
                jdbc.sql("""
                select count(*) from role_bindings where organization_id = ? and role = 'owner' and effect = 'allow'""").param(scope.organizationId()).query(Long.class).single();
        if (owners == 0) {
            throw Problem.conflict("last-owner", "An organization needs an owner: make someone else owner first.");
        }
        written(scope, "member.removed", member.username(), details(member.role(), member.effect(), member.project()));
    }

    /** Removes all that a service account holds. */
    void deleteAll(OrganizationScope scope, String subject) {
        jdbc.sql("delete from role_bindings where organization_id = ? and subject = ?")
                .params(scope.organizationId(), subject)
                .update();
    }

    /** The ids of the organizations that the caller may know of. */
    @Transactional(readOnly = true)
    public List<UUID> organizationsOf(Caller caller) {
        return tenancy.asPlatform(() -> {
            Map<UUID, List<Grants.Binding>> bindings = new LinkedHashMap<>();
            jdbc.sql("select organization_id, project_id, role, effect from role_bindings where subject = ?")
                    .param(caller.subject())
                    .query(row -> {
                        bindings.computeIfAbsent(Columns.uuid(row, "organization_id"), id -> new ArrayList<>())
                                .add(Owners.binding(row));
                    });
            return bindings.entrySet().stream()
                    .filter(it -> new Grants(it.getValue()).isMember())
                    .map(Map.Entry::getKey)
                    .toList();
        });
    }

    private static Map<String, Object> details(Role role, Effect effect, @Nullable String project) {
        Map<String, Object> details = new HashMap<>(Map.of("role", role.stored(), "effect", effect.stored()));
        if (project != null) {
            details.put("project", project);
        }
        return details;
    }

    private void written(OrganizationScope scope, String action, String username, Map<String, ?> details) {
        String path = scope.path() + "/members/" + username;
        audit.record(scope.organizationId(), action, path, details);
        outbox.publish(scope.organizationId(), action, path, details);
    }

    private static Member row(ResultSet row, int number) throws SQLException {
        return new Member(
                Columns.uuid(row, "id"),
                row.getString("username"),
                Role.of(row.getString("role")),
                row.getString("project"),
                Effect.of(row.getString("effect")),
                Columns.time(row, "created_at"),
                Columns.time(row, "updated_at"),
                row.getLong("version"));
    }
}
