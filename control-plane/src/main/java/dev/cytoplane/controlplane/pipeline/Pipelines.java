package dev.cytoplane.controlplane.pipeline;

import dev.cytoplane.controlplane.access.OrganizationScope;
import dev.cytoplane.controlplane.audit.Audit;
import dev.cytoplane.controlplane.concurrency.Versions;
import dev.cytoplane.controlplane.environment.Environments;
import dev.cytoplane.controlplane.event.Outbox;
import dev.cytoplane.controlplane.id.Ids;
import dev.cytoplane.controlplane.id.Names;
import dev.cytoplane.controlplane.page.Columns;
import dev.cytoplane.controlplane.page.Listing;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import dev.cytoplane.controlplane.problem.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The deployment pipelines of organizations. */
@Repository
@Transactional
public class Pipelines {

    private static final String SELECT = """
            select p.*, array(select e.name::text from pipeline_stages s join environments e on e.id = s.environment_id
                where s.pipeline_id = p.id order by s.position) as stages from pipelines p""";

    private final JdbcClient jdbc;
    private final Environments environments;
    private final Audit audit;
    private final Outbox outbox;

    Pipelines(JdbcClient jdbc, Environments environments, Audit audit, Outbox outbox) {
        this.jdbc = jdbc;
        this.environments = environments;
        this.audit = audit;
        this.outbox = outbox;
    }

    public Pipeline create(OrganizationScope owner, String name, List<String> stages) {
        UUID id = Ids.next();
        try {
            jdbc.sql("insert into pipelines (id, organization_id, name) values (?, ?, ?)")
                    .params(id, owner.organizationId(), name)
                    .update();
        } catch (DuplicateKeyException e) {
            throw Problem.conflict("already-exists", "There is a pipeline " + name + " already.");
        }
        insertStages(owner, id, stages);
        written(owner, "pipeline.created", name, Map.of("stages", stages));
        return get(owner.organizationId(), name);
    }

    @Transactional(readOnly = true)
    public Page<Pipeline> list(OrganizationScope owner, PageRequest page) {
        return Listing.of(SELECT)
                .where("organization_id = :organization", "organization", owner.organizationId())
                .sort("name", "name", Listing.Type.TEXT)
                .sort("createdAt", "created_at", Listing.Type.TIME)
                .page(jdbc, page, Pipelines::row);
    }

    /** @throws Problem not found */
    @Transactional(readOnly = true)
    public Pipeline get(UUID organizationId, String name) {
        return find(organizationId, name).orElseThrow(() -> Problem.notFound("pipeline", name));
    }

    @Transactional(readOnly = true)
    public Optional<Pipeline> find(UUID organizationId, String name) {
        if (!Names.valid(name)) {
            return Optional.empty();
        }
        return jdbc.sql(SELECT + " where p.organization_id = ? and p.name = ?")
                .params(organizationId, name)
                .query(Pipelines::row)
                .optional();
    }

    /** The pipeline that a project's components move along. */
    @Transactional(readOnly = true)
    public Pipeline ofProject(UUID projectId) {
        return jdbc.sql(SELECT + " where p.id = (select pipeline_id from projects where id = ?)")
                .param(projectId)
                .query(Pipelines::row)
                .single();
    }

    Pipeline replace(OrganizationScope owner, Pipeline current, List<String> stages) {
        int changed = jdbc.sql("""
                update pipelines set version = version + 1, updated_at = now() where id = ? and version = ?""").params(current.id(), current.version()).update();
        if (changed == 0) {
            throw Versions.stale(current.version() + 1);
        }
        jdbc.sql("delete from pipeline_stages where pipeline_id = ?")
                .param(current.id())
                .update();
        insertStages(owner, current.id(), stages);
        written(owner, "pipeline.changed", current.name(), Map.of("stages", stages));
        return get(owner.organizationId(), current.name());
    }

    void delete(OrganizationScope owner, Pipeline pipeline) {
        String projects = jdbc.sql("select string_agg(name, ', ' order by name) from projects where pipeline_id = ?")
                .param(pipeline.id())
                .query(String.class)
                .optional()
                .orElse(null);
        if (projects != null) {
            throw Problem.conflict("not-empty", "These projects use it: " + projects + ".");
        }
        jdbc.sql("delete from pipelines where id = ?").param(pipeline.id()).update();
        written(owner, "pipeline.deleted", pipeline.name(), Map.of());
    }

    private void insertStages(OrganizationScope owner, UUID pipeline, List<String> stages) {
        for (int position = 0; position < stages.size(); position++) {
            String stage = stages.get(position);
            if (stages.indexOf(stage) < position) {
                throw Problem.invalid("stages[" + position + "]", "is in the pipeline twice");
            }
            String field = "stages[" + position + "]";
            UUID environment = environments
                    .find(owner.organizationId(), stage)
                    .orElseThrow(() -> Problem.invalid(field, "there is no environment " + stage))
                    .id();
            jdbc.sql("""
                    insert into pipeline_stages (organization_id, pipeline_id, position, environment_id)
                    values (?, ?, ?, ?)""")
                    .params(owner.organizationId(), pipeline, position, environment)
                    .update();
        }
    }

    private void written(OrganizationScope owner, String action, String name, Map<String, ?> details) {
        String path = owner.path() + "/pipelines/" + name;
        audit.record(owner.organizationId(), action, path, details);
        outbox.publish(owner.organizationId(), action, path, details);
    }

    private static Pipeline row(ResultSet row, int number) throws SQLException {
        return new Pipeline(
                Columns.uuid(row, "id"),
                row.getString("name"),
                List.of((String[]) row.getArray("stages").getArray()),
                Columns.time(row, "created_at"),
                Columns.time(row, "updated_at"),
                row.getLong("version"));
    }
}
