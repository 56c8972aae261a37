package dev.cytoplane.controlplane.source;

import dev.cytoplane.contracts.descriptor.ComponentType;
import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.tenancy.PlatformWork;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Looks up what components are built from. Sees every organization: callers have been checked, or are the platform itself. */
@Repository
public class Sources {

    private static final String SELECT = """
            select c.id, c.organization_id, o.name as organization, c.project_id, p.name as project, c.name, c.type,
                   c.source_url, c.source_branch, c.source_directory, c.source_credentials,
                   c.auto_deploy
            from components c
            join projects p on p.id = c.project_id
            join organizations o on o.id = c.organization_id
            """;

    private final JdbcClient jdbc;
    private final PlatformWork platform;

    Sources(JdbcClient jdbc, PlatformWork platform) {
        this.jdbc = jdbc;
        this.platform = platform;
    }

    /** Empty when the component is gone. */
    public Optional<ComponentSource> find(UUID componentId) {
        return query(SELECT + " where c.id = ?", componentId).stream().findFirst();
    }

    /** The components whose repositories the platform keeps. */
    public List<ComponentSource> keptHere() {
        return query(SELECT + " where c.source_kind = 'platform'");
    }

    private List<ComponentSource> query(String sql, Object... parameters) {
        return platform.call(
                () -> jdbc.sql(sql).params(parameters).query(Sources::row).list());
    }

    private static ComponentSource row(ResultSet row, int number) throws SQLException {
        String url = row.getString("source_url");
        String type = row.getString("type");
        return new ComponentSource(
                new ComponentScope(
                        row.getObject("organization_id", UUID.class),
                        row.getString("organization"),
                        row.getObject("project_id", UUID.class),
                        row.getString("project"),
                        row.getObject("id", UUID.class),
                        row.getString("name")),
                type == null
                        ? null
                        : ComponentType.valueOf(type.toUpperCase(Locale.ROOT).replace('-', '_')),
                url == null ? null : URI.create(url),
                row.getString("source_branch"),
                row.getString("source_directory"),
                row.getBytes("source_credentials"),
                row.getBoolean("auto_deploy"));
    }
}
