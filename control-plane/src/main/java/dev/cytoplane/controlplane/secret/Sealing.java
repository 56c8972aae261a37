package dev.cytoplane.controlplane.secret;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.controlplane.audit.Audit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Seals the secrets of a component to the data plane that runs it: once for each value and data plane, and again when
 * the data plane has a new key. So the sealed form is a stable part of a cell's content.
 */
@Component
public class Sealing {

    private final JdbcClient jdbc;
    private final Vault vault;
    private final Audit audit;

    Sealing(JdbcClient jdbc, Vault vault, Audit audit) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.audit = audit;
    }

    /**
     * Whose secrets, for whom.
     *
     * @param cell the name of the cell it runs in, which is part of what a sealed value is bound to
     */
    public record Recipient(
            UUID organizationId,
            UUID componentId,
            UUID environmentId,
            String cell,
            String component,
            String dataPlane,
            SealingKey key) {

        private String context(String variable) {
            return cell + "/" + component + "/" + variable;
        }
    }

    private record Stored(
            UUID id,
            String name,
            long version,
            byte[] sealed,
            @Nullable Long sealedVersion,
            @Nullable String fingerprint,
            @Nullable String ciphertext) {}

    /** All current secrets of the component, sealed. Opening one for that is audited. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Cell.SealedSecret> seal(Recipient recipient) {
        List<Stored> stored = jdbc.sql("""
                select s.id, s.name, s.version, v.sealed, d.version as sealed_version, d.key_fingerprint, d.ciphertext
                from secrets s join secret_values v on v.secret_id = s.id and v.version = s.version
                left join sealed_secrets d on d.secret_id = s.id and d.data_plane = :dataPlane
                where s.component_id = :component and s.environment_id = :environment
                order by s.name collate "C\"""")
                .param("dataPlane", recipient.dataPlane())
                .param("component", recipient.componentId())
                .param("environment", recipient.environmentId())
                .query((row, number) -> new Stored(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getLong("version"),
                        row.getBytes("sealed"),
                        row.getObject("sealed_version", Long.class),
                        row.getString("key_fingerprint"),
                        row.getString("ciphertext")))
                .list();
        List<Cell.SealedSecret> sealed = new ArrayList<>();
        for (Stored secret : stored) {
            sealed.add(new Cell.SealedSecret(secret.name(), secret.version(), ciphertext(recipient, secret)));
        }
        return sealed;
    }

    private String ciphertext(Recipient recipient, Stored secret) {
        boolean current = Objects.equals(secret.sealedVersion(), secret.version())
                && recipient.key().fingerprint().equals(secret.fingerprint());
        return current && secret.ciphertext() != null ? secret.ciphertext() : sealAnew(recipient, secret);
    }

    private String sealAnew(Recipient recipient, Stored secret) {
        byte[] plain =
                vault.open(recipient.organizationId(), secret.sealed(), Secrets.context(secret.id(), secret.version()));
        String ciphertext = recipient.key().seal(plain, recipient.context(secret.name()));
        Arrays.fill(plain, (byte) 0);
        jdbc.sql("""
                insert into sealed_secrets (organization_id, secret_id, data_plane, version, key_fingerprint, ciphertext)
                values (?, ?, ?, ?, ?, ?)
                on conflict (secret_id, data_plane) do update set version = excluded.version,
                    key_fingerprint = excluded.key_fingerprint, ciphertext = excluded.ciphertext""")
                .params(
                        recipient.organizationId(),
                        secret.id(),
                        recipient.dataPlane(),
                        secret.version(),
                        recipient.key().fingerprint(),
                        ciphertext)
                .update();
        audit.record(
                recipient.organizationId(),
                "secret.opened",
                recipient.context(secret.name()),
                Map.of("version", secret.version(), "sealedFor", recipient.dataPlane()));
        return ciphertext;
    }
}
