package dev.cytoplane.controlplane.release;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.Descriptor;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.audit.Audit;
import dev.cytoplane.controlplane.event.Outbox;
import dev.cytoplane.controlplane.page.Listing;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The releases of components. */
@Repository
@Transactional
public class Releases {

    private static final int ID_DIGITS = 12;

    private final JdbcClient jdbc;
    private final Audit audit;
    private final Outbox outbox;

    Releases(JdbcClient jdbc, Audit audit, Outbox outbox) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.outbox = outbox;
    }

    /** The id that this content has, whoever builds it and when. */
    static String contentHash(ReleaseInput input) {
        return ContractJson.contentHash(Map.of(
                "artifact", input.artifact().digest(),
                "kind", input.artifact().kind(),
                "descriptor", input.descriptor(),
                "schemas", input.schemas()));
    }

    /**
     * Registers what a build made; content that is known already is the release that it was. Publishes
     * {@code release.created} for a new one. Runs in the organization's tenancy.
     */
    public Release register(ReleaseInput input) {
        String hash = contentHash(input);
        String id = "r-" + hash.substring("sha256:".length(), "sha256:".length() + ID_DIGITS);
        int created = jdbc.sql("""
                insert into releases (organization_id, component_id, id, content_hash, commit, builder, artifact_digest,
                    artifact_kind, artifact_size, descriptor, schemas)
                values (:organization, :component, :id, :hash, :commit, :builder, :digest, :kind, :size,
                    cast(:descriptor as jsonb), cast(:schemas as jsonb))
                on conflict do nothing""")
                .param("organization", input.organizationId())
                .param("component", input.componentId())
                .param("id", id)
                .param("hash", hash)
                .param("commit", input.commit())
                .param("builder", input.builder())
                .param("digest", input.artifact().digest())
                .param("kind", input.artifact().kind().name())
                .param("size", input.artifact().sizeBytes())
                .param("descriptor", ContractJson.MAPPER.writeValueAsString(input.descriptor()))
                .param("schemas", ContractJson.MAPPER.writeValueAsString(input.schemas()))
                .update();
        jdbc.sql("""
                insert into release_inputs (organization_id, component_id, input_key, release_id) values (?, ?, ?, ?)
                on conflict (component_id, input_key) do update set release_id = excluded.release_id""")
                .params(input.organizationId(), input.componentId(), input.inputKey(), id)
                .update();
        Release release = find(input.componentId(), id).orElseThrow();
        if (created == 1) {
            announce(input, release);
        }
        return release;
    }

    private void announce(ReleaseInput input, Release release) {
        String path = path(input.componentId());
        audit.record(
                input.organizationId(),
                "release.created",
                path,
                Map.of(
                        "release",
                        release.id(),
                        "commit",
                        input.commit(),
                        "artifact",
                        input.artifact().digest()));
        outbox.publish(
                input.organizationId(),
                "release.created",
                path,
                Map.of("componentId", input.componentId(), "release", release.id(), "commit", input.commit()));
    }

    private String path(UUID component) {
        return jdbc.sql("""
                select o.name || '/' || p.name || '/' || c.name from components c join projects p on p.id = c.project_id
                join organizations o on o.id = c.organization_id where c.id = ?""").param(component).query(String.class).single();
    }

    /** The release that a build with this input key gave before. */
    @Transactional(readOnly = true)
    public Optional<Release> findByInputKey(UUID componentId, String inputKey) {
        return jdbc.sql("""
                select r.* from releases r join release_inputs i on i.component_id = r.component_id and i.release_id = r.id
                where i.component_id = ? and i.input_key = ?""").params(componentId, inputKey).query(Releases::row).optional();
    }

    @Transactional(readOnly = true)
    public Optional<Release> find(UUID componentId, String id) {
        return jdbc.sql("select * from releases where component_id = ? and id = ?")
                .params(componentId, id)
                .query(Releases::row)
                .optional();
    }

    @Transactional(readOnly = true)
    Page<Release> list(ComponentScope scope, PageRequest request) {
        return Listing.of("select * from releases")
                .where("component_id = :component", "component", scope.componentId())
                .textIds()
                .sort("-createdAt", "created_at", Listing.Type.TIME)
                .page(jdbc, request, Releases::row);
    }

    private static Release row(ResultSet row, int number) throws SQLException {
        return new Release(
                row.getString("id"),
                row.getObject("component_id", UUID.class),
                row.getString("commit"),
                row.getString("builder"),
                new Cell.Artifact(
                        row.getString("artifact_digest"),
                        Cell.Artifact.Kind.valueOf(row.getString("artifact_kind")),
                        row.getLong("artifact_size")),
                ContractJson.MAPPER.readValue(row.getString("descriptor"), Descriptor.class),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
