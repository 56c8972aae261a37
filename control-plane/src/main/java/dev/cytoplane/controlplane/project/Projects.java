package dev.cytoplane.controlplane.project;

import dev.cytoplane.controlplane.access.Membership;
import dev.cytoplane.controlplane.access.OrganizationScope;
import dev.cytoplane.controlplane.access.ProjectScope;
import dev.cytoplane.controlplane.audit.Audit;
import dev.cytoplane.controlplane.concurrency.Versions;
import dev.cytoplane.controlplane.event.Outbox;
import dev.cytoplane.controlplane.id.Ids;
import dev.cytoplane.controlplane.page.Columns;
import dev.cytoplane.controlplane.page.Listing;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import dev.cytoplane.controlplane.pipeline.Pipelines;
import dev.cytoplane.controlplane.problem.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The projects of organizations. */
@Repository
@Transactional
class Projects {

    private static final String SELECT =
            "select p.*, d.name as pipeline from projects p join pipelines d on d.id = p.pipeline_id";

    private final JdbcClient jdbc;
    private final Pipelines pipelines;
    private final Audit audit;
    private final Outbox outbox;

    Projects(JdbcClient jdbc, Pipelines pipelines, Audit audit, Outbox outbox) {
        this.jdbc = jdbc;
        this.pipelines = pipelines;
        this.audit = audit;
        this.outbox = outbox;
    }

    Project create(OrganizationScope owner, String name, String displayName, String description, String pipeline) {
        var scope = new ProjectScope(owner.organizationId(), owner.organization(), Ids.next(), name);
        try {
            jdbc.sql("""
                    insert into projects (id, organization_id, name, display_name, description, pipeline_id)
                    values (?, ?, ?, ?, ?, ?)""")
                    .params(
                            scope.projectId(),
                            scope.organizationId(),
                            name,
                            displayName,
                            description,
                            pipelineId(scope.organizationId(), pipeline))
                    .update();
        } catch (DuplicateKeyException e) {
            throw Problem.conflict("already-exists", "There is a project " + name + " already.");
        }
        written(scope, "project.created", Map.of("displayName", displayName, "pipeline", pipeline));
        return get(scope);
    }

    /** Those that the caller may see. */
    @Transactional(readOnly = true)
    Page<Project> list(Membership membership, @Nullable String name, PageRequest page) {
        UUID organization = membership.scope().organizationId();
        UUID[] visible = jdbc
                .sql("select id from projects where organization_id = ?")
                .param(organization)
                .query(UUID.class)
                .list()
                .stream()
                .filter(membership::sees)
                .toArray(UUID[]::new);
        return Listing.of(SELECT)
                .where("id = any(:visible)", "visible", visible)
                .filter("name = :name", "name", name)
                .sort("name", "name", Listing.Type.TEXT)
                .sort("createdAt", "created_at", Listing.Type.TIME)
                .page(jdbc, page, Projects::row);
    }

    @Transactional(readOnly = true)
    Project get(ProjectScope scope) {
        return jdbc.sql(SELECT + " where p.id = ?")
                .param(scope.projectId())
                .query(Projects::row)
                .optional()
                .orElseThrow(() -> Problem.notFound("project", scope.path()));
    }

    Project change(ProjectScope scope, Project current, String displayName, String description, String pipeline) {
        int changed = jdbc.sql("""
                update projects set display_name = ?, description = ?, pipeline_id = ?, version = version + 1,
                    updated_at = now() where id = ? and version = ?""")
                .params(
                        displayName,
                        description,
                        pipelineId(scope.organizationId(), pipeline),
                        scope.projectId(),
                        current.version())
                .update();
        if (changed == 0) {
            throw Versions.stale(current.version() + 1);
        }
        written(scope, "project.changed", Map.of("displayName", displayName, "pipeline", pipeline));
        return get(scope);
    }

    void delete(ProjectScope scope) {
        String components = jdbc.sql("select string_agg(name, ', ' order by name) from components where project_id = ?")
                .param(scope.projectId())
                .query(String.class)
                .optional()
                .orElse(null);
        if (components != null) {
            throw Problem.conflict("not-empty", "Undeploy and delete its components first: " + components + ".");
        }
        try {
            jdbc.sql("delete from projects where id = ?")
                    .param(scope.projectId())
                    .update();
        } catch (DataIntegrityViolationException e) {
            throw Problem.conflict("not-empty", "Something still belongs to it: a cell, or a service account.");
        }
        written(scope, "project.deleted", Map.of());
    }

    private UUID pipelineId(UUID organization, String name) {
        return pipelines
                .find(organization, name)
                .orElseThrow(() -> Problem.invalid("pipeline", "there is no pipeline " + name))
                .id();
    }

    private void written(ProjectScope scope, String action, Map<String, ?> details) {
        audit.record(scope.organizationId(), action, scope.path(), details);
        outbox.publish(scope.organizationId(), action, scope.path(), details);
    }

    private static Project row(ResultSet row, int number) throws SQLException {
        return new Project(
                Columns.uuid(row, "id"),
                row.getString("name"),
                row.getString("display_name"),
                row.getString("description"),
                row.getString("pipeline"),
                Columns.time(row, "created_at"),
                Columns.time(row, "updated_at"),
                row.getLong("version"));
    }
}
