package dev.cytoplane.controlplane.dataplane;

import dev.cytoplane.controlplane.audit.Audit;
import dev.cytoplane.controlplane.concurrency.Versions;
import dev.cytoplane.controlplane.id.Ids;
import dev.cytoplane.controlplane.page.Columns;
import dev.cytoplane.controlplane.page.Listing;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import dev.cytoplane.controlplane.problem.Problem;
import dev.cytoplane.controlplane.tenancy.PlatformWork;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The registered data planes. They belong to the platform, so every access here is the platform's. */
@Repository
public class DataPlanes implements dev.cytoplane.controlplane.environment.DataPlanes {

    private static final String LOCAL = "local";

    private final JdbcClient jdbc;
    private final Audit audit;
    private final JoinTokens tokens;
    private final PlatformWork platform;

    DataPlanes(JdbcClient jdbc, Audit audit, JoinTokens tokens, PlatformWork platform) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.tokens = tokens;
        this.platform = platform;
    }

    /** @param token shown once; what is stored is its hash */
    record Invited(DataPlane dataPlane, String token) {}

    Invited register(String name, String domain) {
        return platform.call(() -> {
            DataPlane created;
            try {
                created = insert(name, domain);
            } catch (DuplicateKeyException e) {
                throw Problem.conflict("already-exists", "There is a data plane " + name + " already.");
            }
            String token = tokens.issue(created.id());
            audit.record(Audit.PLATFORM, "dataplane.created", "dataplane/" + name, Map.of("domain", domain));
            return new Invited(created, token);
        });
    }

    /** A new token to join with; those before it do not count any more. */
    Invited invite(String name) {
        return platform.call(() -> {
            DataPlane dataPlane = require(name);
            String token = tokens.issue(dataPlane.id());
            audit.record(Audit.PLATFORM, "dataplane.invited", "dataplane/" + name, Map.of());
            return new Invited(dataPlane, token);
        });
    }

    /**
     * Registers a data plane that has its token already, unless it is there.
     *
     * @return whether the token counts: nobody has joined yet
     */
    boolean keepInvited(String name, String domain, String token) {
        return platform.call(() -> {
            DataPlane invited = find(name).orElseGet(() -> {
                audit.record(Audit.PLATFORM, "dataplane.created", "dataplane/" + name, Map.of("domain", domain));
                return insert(name, domain);
            });
            if (invited.joined()) {
                return false;
            }
            tokens.keep(invited.id(), token);
            return true;
        });
    }

    private DataPlane insert(String name, String domain) {
        return jdbc.sql("insert into data_planes (id, name, domain) values (?, ?, ?) returning *")
                .params(Ids.next(), name, domain)
                .query(DataPlanes::row)
                .single();
    }

    Page<DataPlane> list(PageRequest request) {
        return platform.call(() -> Listing.of("select * from data_planes")
                .sort("name", "name", Listing.Type.TEXT)
                .sort("createdAt", "created_at", Listing.Type.TIME)
                .page(jdbc, request, DataPlanes::row));
    }

    DataPlane get(String name) {
        return platform.call(() -> require(name));
    }

    /** Its certificates stop counting at once. Refused while environments belong to it. */
    void delete(String name, @Nullable String ifMatch) {
        platform.call(() -> {
            DataPlane dataPlane = require(name);
            Versions.matchIfGiven(ifMatch, dataPlane.version());
            long environments = jdbc.sql("select count(*) from environments where data_plane = ?")
                    .param(name)
                    .query(Long.class)
                    .single();
            if (environments > 0) {
                throw Problem.conflict("not-empty", environments + " environments belong to it: delete them first.");
            }
            long placements = jdbc.sql("select count(*) from placements where data_plane = ?")
                    .param(name)
                    .query(Long.class)
                    .single();
            if (placements > 0) {
                throw Problem.conflict(
                        "not-empty",
                        placements + " cells of other environments are placed on it: delete their placements first.");
            }
            jdbc.sql("delete from data_planes where id = ?")
                    .param(dataPlane.id())
                    .update();
            audit.record(Audit.PLATFORM, "dataplane.deleted", "dataplane/" + name, Map.of());
            return true;
        });
    }

    @Override
    public boolean exists(String name) {
        return platform.call(() -> find(name).isPresent());
    }

    @Override
    public Optional<String> defaultDataPlane() {
        return platform.call(() -> {
            var names = jdbc.sql("select name from data_planes order by (name = ?) desc, name limit 2")
                    .param(LOCAL)
                    .query(String.class)
                    .list();
            return names.size() == 1 || names.contains(LOCAL) ? Optional.of(names.getFirst()) : Optional.empty();
        });
    }

    private DataPlane require(String name) {
        return find(name).orElseThrow(() -> Problem.notFound("data plane", name));
    }

    private Optional<DataPlane> find(String name) {
        return jdbc.sql("select * from data_planes where name = ?")
                .param(name)
                .query(DataPlanes::row)
                .optional();
    }

    private static DataPlane row(ResultSet row, int number) throws SQLException {
        return new DataPlane(
                Columns.uuid(row, "id"),
                row.getString("name"),
                row.getString("domain"),
                row.getString("runtime"),
                row.getObject("joined_at") != null,
                Columns.timeOrNull(row, "last_seen_at"),
                Columns.time(row, "created_at"),
                Columns.time(row, "updated_at"),
                row.getLong("version"));
    }
}
