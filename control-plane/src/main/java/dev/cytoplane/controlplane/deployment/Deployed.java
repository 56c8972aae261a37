package dev.cytoplane.controlplane.deployment;

import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.component.InUse;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A component that is deployed is not deleted: first it is taken out of its environments. A removal that its data plane
 * did not confirm in time stands in nobody's way: the cell does not hold the component any more, and a data plane that
 * comes back ends what it still runs.
 */
@Component
class Deployed implements InUse {

    private final JdbcClient jdbc;

    Deployed(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    @Transactional(readOnly = true)
    public List<String> reasons(ComponentScope component) {
        return jdbc.sql("""
                select case d.kind when 'UNDEPLOY' then 'it is being removed from %1$s: wait for that'
                    else 'it is deployed in %1$s: undeploy it there' end as reason, e.name
                from deployments d join environments e on e.id = d.environment_id
                where d.component_id = ? and d.desired
                    and (d.kind <> 'UNDEPLOY' or d.status in ('PENDING', 'PROGRESSING'))
                order by e.created_at, e.name""")
                .param(component.componentId())
                .query((row, number) -> row.getString("reason").formatted(row.getString("name")))
                .list();
    }
}
