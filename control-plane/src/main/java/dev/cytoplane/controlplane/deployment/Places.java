package dev.cytoplane.controlplane.deployment;

import dev.cytoplane.contracts.descriptor.ComponentType;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.controlplane.access.ComponentScope;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What deployments need to know of projects and components. */
@Repository
@Transactional(readOnly = true)
class Places {

    private final JdbcClient jdbc;

    Places(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param autoDeploy whether what was built goes to the first stage by itself
     * @param autoRollback whether what failed is replaced by what is still live, by itself
     */
    record Component(ComponentScope scope, ComponentType type, boolean autoDeploy, boolean autoRollback) {}

    Optional<Component> component(UUID componentId) {
        return jdbc.sql("""
                select o.id as organization_id, o.name as organization, p.id as project_id, p.name as project, c.id,
                    c.name, coalesce(c.type, 'service') as type, c.auto_deploy, c.auto_rollback
                from components c join projects p on p.id = c.project_id join organizations o on o.id = p.organization_id
                where c.id = ?""")
                .param(componentId)
                .query((row, number) -> new Component(
                        new ComponentScope(
                                row.getObject("organization_id", UUID.class),
                                row.getString("organization"),
                                row.getObject("project_id", UUID.class),
                                row.getString("project"),
                                row.getObject("id", UUID.class),
                                row.getString("name")),
                        ContractJson.MAPPER.convertValue(row.getString("type"), ComponentType.class),
                        row.getBoolean("auto_deploy"),
                        row.getBoolean("auto_rollback")))
                .optional();
    }

    /**
     * Keeps a component from being deleted until the transaction ends. Who deletes it at the moment is waited for.
     *
     * @return false when it is gone
     */
    @Transactional(propagation = Propagation.MANDATORY)
    boolean hold(UUID componentId) {
        return jdbc.sql("select 1 from components where id = ? for key share")
                .param(componentId)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    Pipeline pipeline(UUID projectId) {
        return new Pipeline(jdbc.sql("""
                select e.name from projects p join pipeline_stages s on s.pipeline_id = p.pipeline_id
                join environments e on e.id = s.environment_id where p.id = ? order by s.position""").param(projectId).query(String.class).list());
    }
}
