package dev.cytoplane.controlplane.cell;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.controlplane.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The cells of a data plane, and how they change from a revision on. */
@Component
public class CellFeed {

    private final JdbcClient jdbc;
    private final Tenancy tenancy;
    private final TransactionTemplate reading;

    CellFeed(JdbcClient jdbc, Tenancy tenancy, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    /** @param document null when the cell is gone */
    public record Change(
            long revision, String cell, @Nullable Cell document) {}

    /**
     * What changed, the oldest change first; of each cell only the last one.
     *
     * @param revision up to here everything is in it
     */
    public record Changes(long revision, List<Change> changes) {}

    /** The revision now: who knows the cells up to here has seen everything. */
    public long revision() {
        return platform(this::now);
    }

    /** All cells of a data plane. */
    public List<Change> snapshot(String dataPlane) {
        return platform(() -> changes(dataPlane, "document is not null and revision >", 0));
    }

    /** What changed after a revision. */
    public Changes since(String dataPlane, long revision) {
        return platform(() -> {
            // Read first: whatever is up to here is in what follows, since revisions are in the order of commits.
            long now = now();
            List<Change> changes = changes(dataPlane, "revision >", revision);
            return new Changes(
                    changes.isEmpty() ? now : Math.max(now, changes.getLast().revision()), changes);
        });
    }

    /**
     * Whether a cell of this data plane runs an artifact, or ran it in a version that is kept: what is delivered from a Git
     * repository may be behind, and whoever reverts a commit there goes back.
     */
    public boolean references(String dataPlane, String digest) {
        String part = ContractJson.MAPPER.writeValueAsString(Map.of(
                "spec", Map.of("components", List.of(Map.of("artifact", Map.of("digest", digest))))));
        return platform(() -> jdbc.sql("""
                        select exists (select from cells where data_plane = :dataPlane and document @> cast(:part as jsonb))
                            or exists (select from cells c join cell_versions v on v.cell_id = c.id
                                where c.data_plane = :dataPlane and c.document -> 'metadata' ->> 'delivery' = 'GIT'
                                    and v.document @> cast(:part as jsonb))""")
                .param("dataPlane", dataPlane)
                .param("part", part)
                .query(Boolean.class)
                .single());
    }

    private List<Change> changes(String dataPlane, String condition, long revision) {
        return jdbc.sql("select revision, name, document from cells where data_plane = ? and " + condition
                        + " ? order by revision")
                .params(dataPlane, revision)
                .query(CellFeed::row)
                .list();
    }

    private long now() {
        return jdbc.sql("select value from link_revision").query(Long.class).single();
    }

    private <T> T platform(Supplier<T> read) {
        return tenancy.asPlatform(() -> reading.execute(status -> read.get()));
    }

    private static Change row(ResultSet row, int number) throws SQLException {
        String document = row.getString("document");
        return new Change(
                row.getLong("revision"),
                row.getString("name"),
                document == null ? null : ContractJson.MAPPER.readValue(document, Cell.class));
    }
}
