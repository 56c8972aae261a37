package dev.cytoplane.controlplane.deployment;

import dev.cytoplane.contracts.descriptor.ComponentType;
import dev.cytoplane.contracts.descriptor.Descriptor;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.controlplane.cell.Offers;
import dev.cytoplane.controlplane.deployment.DeploymentRules.Candidate;
import dev.cytoplane.controlplane.deployment.DeploymentRules.Neighbour;
import dev.cytoplane.controlplane.problem.Problem;
import dev.cytoplane.controlplane.problem.Problem.FieldError;
import dev.cytoplane.controlplane.release.Release;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Gathers what {@link DeploymentRules} need, and turns what they find into a problem. */
@Component
class DeploymentChecks {

    private static final String DESIRED = """
            select c.name, coalesce(r.descriptor ->> 'type', c.type, 'service') as type, r.descriptor from deployments d
            join components c on c.id = d.component_id
            join releases r on r.component_id = d.component_id and r.id = d.release_id
            where d.desired and d.kind <> 'UNDEPLOY' and d.environment_id = :environment\s""";

    private final JdbcClient jdbc;

    DeploymentChecks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws Problem 400, which names the descriptor's fields that do not fit the environment */
    void require(Places.Component component, Release release, UUID environmentId, DeploymentStore.Settings settings) {
        Candidate candidate = new Candidate(
                component.scope().project(),
                component.scope().component(),
                Objects.requireNonNullElse(release.descriptor().type(), component.type()),
                release.descriptor(),
                others(component, environmentId),
                settings.configuration(),
                settings.secretVersions().keySet());
        List<FieldError> errors =
                DeploymentRules.check(candidate, new Known(component.scope().organizationId(), environmentId));
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    private List<Neighbour> others(Places.Component component, UUID environmentId) {
        return jdbc.sql(DESIRED + "and d.project_id = :project and d.component_id <> :component")
                .param("environment", environmentId)
                .param("project", component.scope().projectId())
                .param("component", component.scope().componentId())
                .query(DeploymentChecks::neighbour)
                .list();
    }

    private static Neighbour neighbour(ResultSet row, int number) throws SQLException {
        return new Neighbour(
                row.getString("name"),
                ContractJson.MAPPER.convertValue(row.getString("type"), ComponentType.class),
                ContractJson.MAPPER.readValue(row.getString("descriptor"), Descriptor.class));
    }

    private final class Known implements DeploymentRules.Targets {

        private final UUID organizationId;
        private final UUID environmentId;

        Known(UUID organizationId, UUID environmentId) {
            this.organizationId = organizationId;
            this.environmentId = environmentId;
        }

        @Override
        public boolean exists(String project, String component) {
            return jdbc.sql("""
                    select count(*) from components c join projects p on p.id = c.project_id
                    where c.organization_id = ? and p.name = ? and c.name = ?""")
                            .params(organizationId, project, component)
                            .query(Long.class)
                            .single()
                    > 0;
        }

        @Override
        public Optional<List<Offers.Endpoint>> offers(String project, String component) {
            return jdbc.sql(DESIRED + """
                    and c.name = :component
                    and d.project_id = (select id from projects where organization_id = :organization and name = :project)""")
                    .param("environment", environmentId)
                    .param("component", component)
                    .param("organization", organizationId)
                    .param("project", project)
                    .query(DeploymentChecks::neighbour)
                    .optional()
                    .map(it -> Offers.endpoints(it.name(), it.type(), it.descriptor()));
        }
    }
}
