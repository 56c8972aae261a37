package dev.cytoplane.controlplane.event;

import dev.cytoplane.controlplane.page.Columns;
import dev.cytoplane.controlplane.page.Listing;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What happened, the newest first: the events that are kept, by pages. */
@Repository
public class EventHistory {

    private static final TypeReference<Map<String, Object>> DATA = new TypeReference<>() {};

    /** Of these the second part of the subject is not a project. */
    private static final String[] OF_THE_ORGANIZATION = {
        "organization", "environment", "pipeline", "member", "service-account", "dataplane"
    };

    private final JdbcClient jdbc;
    private final JsonMapper json;

    EventHistory(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * @param project null for all
     * @param component of the project; null for all
     * @param kinds the first words of the types, as {@code build}; empty for all
     * @param hidden names of projects of which nothing is told
     */
    public record Filter(
            @Nullable String project, @Nullable String component, List<String> kinds, List<String> hidden) {}

    @Transactional(readOnly = true)
    public Page<EventStream.Message> list(UUID organizationId, Filter filter, PageRequest page) {
        boolean ofProjects = filter.project() != null || !filter.hidden().isEmpty();
        Listing listing = Listing.of("""
                        select sequence as id, *, split_part(type, '.', 1) as kind, split_part(subject, '/', 2) as project,
                            split_part(subject, '/', 3) as component from events""")
                .numberIds()
                .where("organization_id = :organization", "organization", organizationId)
                .filter("project = :project", "project", filter.project())
                .filter("component = :component", "component", filter.component());
        if (!filter.kinds().isEmpty()) {
            listing.where("kind = any(:kinds)", "kinds", filter.kinds().toArray(String[]::new));
        }
        if (ofProjects) {
            String condition = filter.project() != null
                    ? "not kind = any(:organizations)"
                    : "(kind = any(:organizations) or not project = any(:hidden))";
            listing.with("hidden", filter.hidden().toArray(String[]::new))
                    .where(condition, "organizations", OF_THE_ORGANIZATION);
        }
        return listing.sort("-sequence", "sequence", Listing.Type.NUMBER).page(jdbc, page, this::row);
    }

    private EventStream.Message row(ResultSet row, int number) throws SQLException {
        return new EventStream.Message(
                row.getLong("sequence"),
                row.getString("type"),
                row.getString("subject"),
                json.readValue(row.getString("data"), DATA),
                Columns.time(row, "time"));
    }
}
