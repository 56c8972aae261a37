package dev.cytoplane.controlplane.cell;

import dev.cytoplane.controlplane.access.ProjectScope;
import dev.cytoplane.controlplane.audit.Audit;
import dev.cytoplane.controlplane.page.Listing;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import dev.cytoplane.controlplane.problem.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Cells that run elsewhere than their environment says. A cell stays where it began: a placement changes only while nothing of
 * the project was deployed to the environment.
 */
@Repository
@Transactional
class Placements {

    private static final String SELECT = """
            select l.environment_id as id, l.project_id, e.name as environment, l.data_plane, l.created_at
            from placements l join environments e on e.id = l.environment_id""";

    private final JdbcClient jdbc;
    private final CellLock locks;
    private final Audit audit;

    Placements(JdbcClient jdbc, CellLock locks, Audit audit) {
        this.jdbc = jdbc;
        this.locks = locks;
        this.audit = audit;
    }

    @Transactional(readOnly = true)
    Page<Placement> list(ProjectScope project, PageRequest page) {
        return Listing.of(SELECT)
                .where("project_id = :project", "project", project.projectId())
                .sort("environment", "environment", Listing.Type.TEXT)
                .page(jdbc, page, Placements::row);
    }

    /** @throws Problem not found */
    @Transactional(readOnly = true)
    Placement get(ProjectScope project, String environment) {
        return find(project, environment).orElseThrow(() -> Problem.notFound("placement", environment));
    }

    /** @throws Problem when something of the project was deployed there, or there is no such environment or data plane */
    Placement place(ProjectScope project, String environment, String dataPlane) {
        UUID id = free(project, environment);
        if (jdbc.sql("select name from data_planes where name = ?")
                .param(dataPlane)
                .query(String.class)
                .optional()
                .isEmpty()) {
            throw Problem.invalid("dataPlane", "there is no data plane " + dataPlane);
        }
        jdbc.sql("""
                insert into placements (organization_id, environment_id, project_id, data_plane) values (?, ?, ?, ?)
                on conflict (environment_id, project_id) do update set data_plane = excluded.data_plane""")
                .params(project.organizationId(), id, project.projectId(), dataPlane)
                .update();
        written(project, "placement.changed", environment, Map.of("dataPlane", dataPlane));
        return get(project, environment);
    }

    void delete(ProjectScope project, String environment) {
        UUID id = free(project, environment);
        int removed = jdbc.sql("delete from placements where environment_id = ? and project_id = ?")
                .params(id, project.projectId())
                .update();
        if (removed == 0) {
            throw Problem.notFound("placement", environment);
        }
        written(project, "placement.deleted", environment, Map.of());
    }

    /** The environment's id, once nobody deploys to it and nothing was. */
    private UUID free(ProjectScope project, String environment) {
        UUID id = jdbc.sql("select id from environments where organization_id = ? and name = ?")
                .params(project.organizationId(), environment)
                .query(UUID.class)
                .optional()
                .orElseThrow(() -> Problem.notFound("environment", environment));
        CellRef cell = new CellRef(project.organizationId(), project.projectId(), id);
        locks.hold(cell);
        boolean used = jdbc.sql("""
                select exists (select from deployments where project_id = :project and environment_id = :environment)
                    or exists (select from cells where project_id = :project and environment_id = :environment
                        and document is not null)""")
                .param("project", project.projectId())
                .param("environment", id)
                .query(Boolean.class)
                .single();
        if (used) {
            throw Problem.conflict(
                    "not-empty",
                    "Something of " + project.project() + " was deployed to " + environment
                            + ", and a cell stays where it is: undeploy and delete those components first.");
        }
        return id;
    }

    private Optional<Placement> find(ProjectScope project, String environment) {
        return jdbc.sql(SELECT + " where l.project_id = ? and e.name = ?")
                .params(project.projectId(), environment)
                .query(Placements::row)
                .optional();
    }

    private void written(ProjectScope project, String action, String environment, Map<String, ?> details) {
        audit.record(project.organizationId(), action, project.path() + "/placements/" + environment, details);
    }

    private static Placement row(ResultSet row, int number) throws SQLException {
        return new Placement(
                row.getString("environment"),
                row.getString("data_plane"),
                row.getTimestamp("created_at").toInstant());
    }
}
