package dev.cytoplane.controlplane.component;

import dev.cytoplane.contracts.descriptor.ComponentType;
import dev.cytoplane.controlplane.PlatformSettings;
import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.access.ProjectScope;
import dev.cytoplane.controlplane.audit.Audit;
import dev.cytoplane.controlplane.concurrency.Versions;
import dev.cytoplane.controlplane.event.Outbox;
import dev.cytoplane.controlplane.id.Ids;
import dev.cytoplane.controlplane.page.Columns;
import dev.cytoplane.controlplane.page.Listing;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import dev.cytoplane.controlplane.problem.Problem;
import dev.cytoplane.controlplane.secret.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The components of projects. */
@Repository
@Transactional
public class Components {

    /** What a cell's gateway and its Services are called in a cluster. */
    private static final String RESERVED = "cell-gateway";

    private static final String SELECT = """
            select c.*, o.name as organization, p.name as project from components c
            join projects p on p.id = c.project_id join organizations o on o.id = c.organization_id""";

    private final JdbcClient jdbc;
    private final ObjectProvider<Vault> vault;
    private final ObjectProvider<InUse> users;
    private final JsonMapper json;
    private final PlatformSettings platform;
    private final Audit audit;
    private final Outbox outbox;

    Components(
            JdbcClient jdbc,
            ObjectProvider<Vault> vault,
            ObjectProvider<InUse> users,
            JsonMapper json,
            PlatformSettings platform,
            Audit audit,
            Outbox outbox) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.users = users;
        this.json = json;
        this.platform = platform;
        this.audit = audit;
        this.outbox = outbox;
    }

    ComponentResource create(
            ProjectScope owner,
            String name,
            String displayName,
            @Nullable ComponentType type,
            SourceSettings source,
            Automation automation) {
        if (name.startsWith(RESERVED)) {
            throw Problem.invalid("name", "must not begin with %s, which is the platform's".formatted(RESERVED));
        }
        source.check();
        UUID id = Ids.next();
        var scope = new ComponentScope(
                owner.organizationId(), owner.organization(), owner.projectId(), owner.project(), id, name);
        try {
            jdbc.sql("""
                    insert into components (id, organization_id, project_id, name, display_name, type, source_kind,
                        source_url, source_branch, source_directory, source_credentials, auto_deploy, auto_rollback)
                    values (:id, :organization, :project, :name, :displayName, :type, :kind, :url, :branch, :directory,
                        :credentials, :autoDeploy, :autoRollback)""")
                    .params(values(scope, displayName, type, source, automation))
                    .param("credentials", seal(scope, source.credentials()))
                    .update();
        } catch (DuplicateKeyException e) {
            throw Problem.conflict("already-exists", "There is a component " + name + " already.");
        }
        written(scope, "component.created", details(source, automation));
        return get(scope);
    }

    @Transactional(readOnly = true)
    Page<ComponentResource> list(
            ProjectScope owner, @Nullable String name, @Nullable ComponentType type, PageRequest page) {
        return Listing.of(SELECT)
                .where("project_id = :project", "project", owner.projectId())
                .filter("name = :name", "name", name)
                .filter("type = :type", "type", type == null ? null : stored(type))
                .sort("name", "name", Listing.Type.TEXT)
                .sort("createdAt", "created_at", Listing.Type.TIME)
                .page(jdbc, page, this::row);
    }

    @Transactional(readOnly = true)
    public ComponentResource get(ComponentScope scope) {
        return jdbc.sql(SELECT + " where c.id = ?")
                .param(scope.componentId())
                .query(this::row)
                .optional()
                .orElseThrow(() -> Problem.notFound("component", scope.path()));
    }

    /** For fetching from the outside repository; nothing else may read them. */
    @Transactional(readOnly = true)
    public Optional<Credentials> credentials(ComponentScope scope) {
        return jdbc.sql("""
                select source_credentials from components where id = ? and source_credentials is not null""")
                .param(scope.componentId())
                .query((row, number) -> row.getBytes(1))
                .optional()
                .map(stored -> vault.getObject().open(scope.organizationId(), stored, context(scope)))
                .map(plain -> json.readValue(plain, Credentials.class));
    }

    ComponentResource change(
            ComponentScope scope,
            ComponentResource current,
            String displayName,
            @Nullable ComponentType type,
            SourceSettings source,
            Automation automation) {
        source.check();
        // Credentials belong to an address: they must not follow to another one that someone puts in.
        boolean keep = source.credentials() == null
                && Objects.equals(source.url(), current.source().url());
        int changed = jdbc.sql("""
                update components set display_name = :displayName, type = :type, source_kind = :kind,
                    source_url = :url, source_branch = :branch, source_directory = :directory,
                    source_credentials = case when :keep then source_credentials else :credentials end,
                    auto_deploy = :autoDeploy, auto_rollback = :autoRollback, version = version + 1, updated_at = now()
                where id = :id and version = :version""")
                .params(values(scope, displayName, type, source, automation))
                .param("keep", keep)
                .param("credentials", seal(scope, source.credentials()))
                .param("version", current.version())
                .update();
        if (changed == 0) {
            throw Versions.stale(current.version() + 1);
        }
        written(scope, "component.changed", details(source, automation));
        return get(scope);
    }

    /** @throws Problem 409 with all that has to be done before */
    void delete(ComponentScope scope) {
        // Whoever deploys it meanwhile waits for this lock, or is seen by those who are asked next.
        jdbc.sql("select 1 from components where id = ? for update")
                .param(scope.componentId())
                .query(Integer.class)
                .optional();
        List<String> reasons =
                users.stream().flatMap(it -> it.reasons(scope).stream()).toList();
        if (!reasons.isEmpty()) {
            throw Problem.conflict("in-use", "It cannot be deleted yet: " + String.join("; ", reasons) + ".");
        }
        jdbc.sql("delete from components where id = ?")
                .param(scope.componentId())
                .update();
        written(scope, "component.deleted", Map.of("componentId", scope.componentId()));
    }

    private static Map<String, @Nullable Object> values(
            ComponentScope scope,
            String displayName,
            @Nullable ComponentType type,
            SourceSettings source,
            Automation automation) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("id", scope.componentId());
        values.put("organization", scope.organizationId());
        values.put("project", scope.projectId());
        values.put("name", scope.component());
        values.put("displayName", displayName);
        values.put("type", type == null ? null : stored(type));
        values.put("kind", source.kind().stored());
        values.put("url", source.url());
        values.put("branch", source.branchOrDefault());
        values.put("directory", source.directoryOrDefault());
        values.put("autoDeploy", automation.autoDeploy());
        values.put("autoRollback", automation.autoRollback());
        return values;
    }

    private byte @Nullable [] seal(ComponentScope scope, @Nullable Credentials credentials) {
        return credentials == null
                ? null
                : vault.getObject().seal(scope.organizationId(), json.writeValueAsBytes(credentials), context(scope));
    }

    private static String context(ComponentScope scope) {
        return "component/" + scope.componentId() + "/source";
    }

    private static Map<String, Object> details(SourceSettings source, Automation automation) {
        Map<String, Object> details = new HashMap<>();
        details.put("source", source.kind().stored());
        if (source.url() != null) {
            details.put("url", source.url());
        }
        details.put("branch", source.branchOrDefault());
        details.put("directory", source.directoryOrDefault());
        details.put("autoDeploy", automation.autoDeploy());
        details.put("autoRollback", automation.autoRollback());
        return details;
    }

    private void written(ComponentScope scope, String action, Map<String, ?> details) {
        audit.record(scope.organizationId(), action, scope.path(), details);
        outbox.publish(scope.organizationId(), action, scope.path(), details);
    }

    private static String stored(ComponentType type) {
        return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private ComponentResource row(ResultSet row, int number) throws SQLException {
        UUID id = Columns.uuid(row, "id");
        String type = row.getString("type");
        return new ComponentResource(
                id,
                row.getString("name"),
                row.getString("display_name"),
                type == null
                        ? null
                        : ComponentType.valueOf(type.toUpperCase(Locale.ROOT).replace('-', '_')),
                new ComponentResource.Source(
                        SourceKind.of(row.getString("source_kind")),
                        row.getString("source_url"),
                        row.getString("source_branch"),
                        row.getString("source_directory"),
                        row.getBytes("source_credentials") != null),
                row.getBoolean("auto_deploy"),
                row.getBoolean("auto_rollback"),
                "%s/git/%s/%s/%s.git"
                        .formatted(
                                platform.publicUrl(),
                                row.getString("organization"),
                                row.getString("project"),
                                row.getString("name")),
                "%s/webhooks/%s".formatted(Objects.requireNonNullElse(platform.webhookUrl(), platform.publicUrl()), id),
                Columns.time(row, "created_at"),
                Columns.time(row, "updated_at"),
                row.getLong("version"));
    }
}
