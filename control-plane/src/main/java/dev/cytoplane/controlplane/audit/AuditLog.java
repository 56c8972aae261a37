package dev.cytoplane.controlplane.audit;

import dev.cytoplane.controlplane.page.Columns;
import dev.cytoplane.controlplane.page.Listing;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads audit chains, and checks them. */
@Repository
public class AuditLog {

    private static final TypeReference<Map<String, Object>> DETAILS = new TypeReference<>() {};
    private static final int BATCH = 1000;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    AuditLog(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** What is left out does not filter. */
    public record Filter(
            @Nullable String actor,
            @Nullable String action,
            @Nullable String resource,
            @Nullable Instant from,
            @Nullable Instant until) {}

    /**
     * @param entries how many entries were read
     * @param headHash the hash of the newest entry, hexadecimal
     * @param firstBrokenSequence the first entry that is not what was written, or is missing
     */
    public record Verification(
            boolean valid,
            long entries,
            String headHash,
            @Nullable Long firstBrokenSequence) {}

    @Transactional(readOnly = true)
    public Page<AuditEntry> list(UUID organizationId, Filter filter, PageRequest page) {
        return Listing.of("select sequence as id, * from audit_entries")
                .numberIds()
                .where("organization_id = :organization", "organization", organizationId)
                .filter("actor_name = :actor", "actor", filter.actor())
                .filter("action = :action", "action", filter.action())
                .filter("resource = :resource", "resource", filter.resource())
                .filter("time >= :from", "from", utc(filter.from()))
                .filter("time < :until", "until", utc(filter.until()))
                .sort("-sequence", "sequence", Listing.Type.NUMBER)
                .page(jdbc, page, this::row);
    }

    /** Reads one snapshot, so that entries written meanwhile do not look like a break. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Verification verify(UUID organizationId) {
        Optional<Chain.Head> head = jdbc.sql("select sequence, hash from audit_heads where organization_id = ?")
                .param(organizationId)
                .query((row, number) -> new Chain.Head(row.getLong("sequence"), row.getBytes("hash")))
                .optional();
        byte[] previous = Chain.START;
        long sequence = 0;
        List<Stored> batch;
        do {
            batch = batch(organizationId, sequence);
            for (Stored stored : batch) {
                sequence++;
                if (!stored.follows(sequence, previous)) {
                    return broken(sequence - 1, previous, sequence);
                }
                previous = stored.hash();
            }
        } while (batch.size() == BATCH);
        boolean whole = head.map(it -> it.sequence()).orElse(0L) == sequence
                && Arrays.equals(head.map(Chain.Head::hash).orElse(Chain.START), previous);
        return whole
                ? new Verification(true, sequence, HexFormat.of().formatHex(previous), null)
                : broken(sequence, previous, sequence + 1);
    }

    private static Verification broken(long entries, byte[] last, long at) {
        return new Verification(false, entries, HexFormat.of().formatHex(last), at);
    }

    private record Stored(Chain.Entry entry, byte[] hash) {

        boolean follows(long expected, byte[] previous) {
            return entry.sequence() == expected
                    && Arrays.equals(entry.previousHash(), previous)
                    && Arrays.equals(entry.hash(), hash);
        }
    }

    private List<Stored> batch(UUID organizationId, long after) {
        return jdbc.sql("""
                select * from audit_entries where organization_id = ? and sequence > ? order by sequence limit ?""")
                .params(organizationId, after, BATCH)
                .query((row, number) -> new Stored(
                        new Chain.Entry(
                                organizationId,
                                row.getLong("sequence"),
                                Columns.time(row, "time"),
                                row.getString("actor_subject"),
                                row.getString("actor_name"),
                                row.getString("action"),
                                row.getString("resource"),
                                row.getString("details"),
                                row.getBytes("previous_hash")),
                        row.getBytes("hash")))
                .list();
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : OffsetDateTime.ofInstant(time, ZoneOffset.UTC);
    }

    private AuditEntry row(ResultSet row, int number) throws SQLException {
        return new AuditEntry(
                Long.toString(row.getLong("sequence")),
                row.getLong("sequence"),
                Columns.time(row, "time"),
                row.getString("actor_name"),
                row.getString("actor_subject"),
                row.getString("action"),
                row.getString("resource"),
                json.readValue(row.getString("details"), DETAILS),
                HexFormat.of().formatHex(row.getBytes("hash")));
    }
}
