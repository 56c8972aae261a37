package dev.cytoplane.controlplane.environment;

import dev.cytoplane.controlplane.problem.Problem;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** From the name of an environment to its id. */
@Repository
public class EnvironmentNames {

    private final JdbcClient jdbc;

    EnvironmentNames(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws Problem 404 when the organization has none of that name */
    @Transactional(readOnly = true)
    public UUID require(UUID organizationId, String name) {
        return jdbc.sql("select id from environments where organization_id = ? and name = ?")
                .params(organizationId, name)
                .query(UUID.class)
                .optional()
                .orElseThrow(() -> Problem.notFound("environment", name));
    }
}
