package dev.cytoplane.controlplane.gitops;

import dev.cytoplane.controlplane.access.OrganizationScope;
import dev.cytoplane.controlplane.audit.Audit;
import dev.cytoplane.controlplane.concurrency.Versions;
import dev.cytoplane.controlplane.environment.Environment;
import dev.cytoplane.controlplane.event.Outbox;
import dev.cytoplane.controlplane.page.Columns;
import dev.cytoplane.controlplane.problem.Problem;
import dev.cytoplane.controlplane.secret.Vault;
import dev.cytoplane.controlplane.source.OutsideGit;
import dev.cytoplane.controlplane.source.SourceException;
import java.net.URI;
import java.net.URISyntaxException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The delivery repositories of environments. */
@Repository
@Transactional
class EnvironmentDeliveries {

    static final String SELECT = """
            select d.*, o.name as organization, e.name as environment
            from environment_deliveries d join environments e on e.id = d.environment_id
            join organizations o on o.id = d.organization_id""";

    private final JdbcClient jdbc;
    private final OutsideGit outside;
    private final Vault vault;
    private final JsonMapper json;
    private final Audit audit;
    private final Outbox outbox;

    EnvironmentDeliveries(
            JdbcClient jdbc, OutsideGit outside, Vault vault, JsonMapper json, Audit audit, Outbox outbox) {
        this.jdbc = jdbc;
        this.outside = outside;
        this.vault = vault;
        this.json = json;
        this.audit = audit;
        this.outbox = outbox;
    }

    /** @throws Problem 404 when the environment is delivered by the link only */
    @Transactional(readOnly = true)
    public Delivery require(UUID environmentId, String environment) {
        return find(environmentId).orElseThrow(() -> Problem.notFound("delivery repository of", environment));
    }

    @Transactional(readOnly = true)
    public Optional<Delivery> find(UUID environmentId) {
        return jdbc.sql(SELECT + " where d.environment_id = ?")
                .param(environmentId)
                .query(EnvironmentDeliveries::row)
                .optional();
    }

    /**
     * Makes or changes it; it is looked at anew either way.
     *
     * @throws Problem 400 naming the field; 409 when another environment is written to the same place; 412, 428
     */
    public Delivery put(
            OrganizationScope owner, Environment environment, DeliverySettings settings, @Nullable String ifMatch) {
        checkAddress(settings.url());
        if (settings.modeOrDefault() == DeliveryMode.GIT && runsOnOneMachine(environment)) {
            throw Problem.invalid(
                    "mode",
                    "cannot be git: the data plane %s runs cells as processes of its machine, where no Git tool brings"
                                    .formatted(environment.dataPlane())
                            + " them");
        }
        Optional<Delivery> before = find(environment.id());
        try {
            before.ifPresentOrElse(it -> change(it, settings, ifMatch), () -> insert(owner, environment, settings));
        } catch (DuplicateKeyException e) {
            throw Problem.conflict(
                    "place-taken",
                    "Another environment is written to this directory of this branch: give each its own.");
        }
        written(owner, environment, "environment.delivery-set", details(settings));
        return require(environment.id(), environment.name());
    }

    private void insert(OrganizationScope owner, Environment environment, DeliverySettings settings) {
        jdbc.sql("""
                insert into environment_deliveries
                    (environment_id, organization_id, url, branch, directory, credentials, mode, on_drift)
                values (:environment, :organization, :url, :branch, :directory, :credentials, :mode, :onDrift)""")
                .param("environment", environment.id())
                .param("organization", owner.organizationId())
                .param("url", settings.url())
                .param("branch", settings.branchOrDefault())
                .param("directory", settings.directoryOrDefault())
                .param("credentials", seal(owner.organizationId(), environment.id(), settings.credentials()))
                .param("mode", settings.modeOrDefault().stored())
                .param("onDrift", settings.onDriftOrDefault().stored())
                .update();
    }

    private void change(Delivery before, DeliverySettings settings, @Nullable String ifMatch) {
        Versions.requireMatch(ifMatch, before.version());
        // Credentials belong to an address: they must not follow to another one that someone puts in.
        boolean keep = settings.credentials() == null && settings.url().equals(before.url());
        int changed = jdbc.sql("""
                update environment_deliveries set url = :url, branch = :branch, directory = :directory,
                    credentials = case when :keep then credentials else :credentials end,
                    mode = :mode, on_drift = :onDrift, version = version + 1, updated_at = now(),
                    next_look_at = now(), attempts = 0, last_error = null
                where environment_id = :environment and version = :version""")
                .param("url", settings.url())
                .param("branch", settings.branchOrDefault())
                .param("directory", settings.directoryOrDefault())
                .param("keep", keep)
                .param("credentials", seal(before.organizationId(), before.environmentId(), settings.credentials()))
                .param("mode", settings.modeOrDefault().stored())
                .param("onDrift", settings.onDriftOrDefault().stored())
                .param("environment", before.environmentId())
                .param("version", before.version())
                .update();
        if (changed == 0) {
            throw Versions.stale(before.version() + 1);
        }
        boolean moved = !settings.url().equals(before.url())
                || !settings.branchOrDefault().equals(before.branch())
                || !settings.directoryOrDefault().equals(before.directory());
        if (moved) {
            // What was written elsewhere says nothing of what is found here.
            jdbc.sql("delete from delivered_files where environment_id = ?")
                    .param(before.environmentId())
                    .update();
            jdbc.sql("update environment_deliveries set looked_at = null, tip = null where environment_id = ?")
                    .param(before.environmentId())
                    .update();
        }
    }

    /** The files stay in the repository as they are. */
    void delete(OrganizationScope owner, Environment environment, @Nullable String ifMatch) {
        Delivery before = require(environment.id(), environment.name());
        Versions.matchIfGiven(ifMatch, before.version());
        jdbc.sql("delete from environment_deliveries where environment_id = ?")
                .param(environment.id())
                .update();
        written(owner, environment, "environment.delivery-removed", Map.of());
    }

    /** @return null when it needs no sign-in */
    @Nullable
    DeliveryCredentials credentials(Delivery delivery) {
        if (delivery.sealedCredentials() == null) {
            return null;
        }
        byte[] plain = vault.open(
                delivery.organizationId(),
                delivery.sealedCredentials(),
                DeliveryCredentials.context(delivery.environmentId()));
        return json.readValue(plain, DeliveryCredentials.class);
    }

    private void checkAddress(String url) {
        try {
            URI address = new URI(url);
            if (address.getRawUserInfo() != null) {
                throw Problem.invalid("url", "must not hold user and token: send them as credentials");
            }
            if (address.getRawQuery() != null || address.getRawFragment() != null) {
                throw Problem.invalid("url", "must not hold a query or a fragment");
            }
            outside.check(address);
        } catch (URISyntaxException e) {
            throw Problem.invalid("url", "must be the https address of a Git repository");
        } catch (SourceException e) {
            throw Problem.invalid("url", String.valueOf(e.getMessage()));
        }
    }

    private boolean runsOnOneMachine(Environment environment) {
        return jdbc.sql("select runtime from data_planes where name = ? and runtime is not null")
                .param(environment.dataPlane())
                .query(String.class)
                .optional()
                .filter("local"::equals)
                .isPresent();
    }

    private byte @Nullable [] seal(UUID organization, UUID environment, @Nullable DeliveryCredentials credentials) {
        return credentials == null
                ? null
                : vault.seal(
                        organization, json.writeValueAsBytes(credentials), DeliveryCredentials.context(environment));
    }

    private static Map<String, ?> details(DeliverySettings settings) {
        return Map.of(
                "url", settings.url(),
                "branch", settings.branchOrDefault(),
                "directory", settings.directoryOrDefault(),
                "mode", settings.modeOrDefault().stored(),
                "onDrift", settings.onDriftOrDefault().stored());
    }

    private void written(OrganizationScope owner, Environment environment, String action, Map<String, ?> details) {
        String path = owner.path() + "/environments/" + environment.name();
        audit.record(owner.organizationId(), action, path, details);
        outbox.publish(owner.organizationId(), action, path, details);
    }

    static Delivery row(ResultSet row, int number) throws SQLException {
        return new Delivery(
                Columns.uuid(row, "organization_id"),
                Columns.uuid(row, "environment_id"),
                row.getString("organization"),
                row.getString("environment"),
                row.getString("url"),
                row.getString("branch"),
                row.getString("directory"),
                row.getBytes("credentials"),
                DeliveryMode.of(row.getString("mode")),
                DriftPolicy.of(row.getString("on_drift")),
                next(row),
                row.getInt("attempts"),
                row.getString("last_error"),
                Columns.timeOrNull(row, "looked_at"),
                row.getString("tip"),
                row.getLong("version"),
                Columns.time(row, "created_at"),
                Columns.time(row, "updated_at"));
    }

    private static @Nullable Instant next(ResultSet row) throws SQLException {
        return row.getString("lease_owner") == null ? Columns.timeOrNull(row, "next_look_at") : null;
    }
}
