package dev.cytoplane.controlplane.signin;

import dev.cytoplane.controlplane.access.CellScopes;
import dev.cytoplane.controlplane.problem.Problem;
import dev.cytoplane.controlplane.tenancy.PlatformWork;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Compares, again and again, what is deployed with what clients may ask for: a client that is marked after a release was
 * made gets the release's scopes too, and what somebody took away in Keycloak comes back.
 */
@Component
class ScopesOfDeployments {

    private static final Logger LOG = LoggerFactory.getLogger(ScopesOfDeployments.class);

    private final JdbcClient jdbc;
    private final CellScopes scopes;
    private final PlatformWork platform;

    ScopesOfDeployments(JdbcClient jdbc, CellScopes scopes, PlatformWork platform) {
        this.jdbc = jdbc;
        this.scopes = scopes;
        this.platform = platform;
    }

    @Scheduled(initialDelayString = "PT15S", fixedDelayString = "PT30S")
    void reconcile() {
        try {
            scopes.ensure(platform.call(this::deployed));
        } catch (Problem e) {
            LOG.info("The scopes of clients are looked at again later: {}", e.getMessage());
        }
    }

    /** All scopes that any endpoint of what is deployed asks for. */
    Set<String> deployed() {
        return jdbc.sql("""
                select distinct jsonb_path_query(r.descriptor, path) #>> '{}'
                from deployments d join releases r on r.component_id = d.component_id and r.id = d.release_id,
                    unnest(array['$.endpoints[*].security.scopes[*]',
                        '$.endpoints[*].security.operations[*].scopes[*]']::jsonpath[]) as paths (path)
                where d.desired and d.kind <> 'UNDEPLOY'""").query(String.class).set();
    }
}
