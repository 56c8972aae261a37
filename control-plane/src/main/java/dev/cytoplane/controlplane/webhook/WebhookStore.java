package dev.cytoplane.controlplane.webhook;

import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.page.Listing;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rows of webhooks and deliveries. Callers bring the transaction. */
@Repository
class WebhookStore {

    private static final TypeReference<List<String>> PATTERNS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;

    WebhookStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    Optional<Webhook> find(UUID componentId) {
        return jdbc.sql("select * from webhooks where component_id = ?")
                .param(componentId)
                .query(this::row)
                .optional();
    }

    void insert(ComponentScope scope, byte[] sealedSecret, List<String> branches, List<String> paths) {
        jdbc.sql("""
                insert into webhooks (component_id, organization_id, provider, secret, branches, paths)
                values (?, ?, ?, ?, cast(? as jsonb), cast(? as jsonb))""")
                .params(
                        scope.componentId(),
                        scope.organizationId(),
                        Webhook.GITHUB,
                        sealedSecret,
                        json.writeValueAsString(branches),
                        json.writeValueAsString(paths))
                .update();
    }

    boolean update(UUID componentId, long version, List<String> branches, List<String> paths) {
        return jdbc.sql("""
                update webhooks set branches = cast(? as jsonb), paths = cast(? as jsonb),
                    updated_at = clock_timestamp(), version = version + 1
                where component_id = ? and version = ?""")
                        .params(json.writeValueAsString(branches), json.writeValueAsString(paths), componentId, version)
                        .update()
                == 1;
    }

    void rotate(UUID componentId, byte[] sealedSecret) {
        jdbc.sql("""
                update webhooks set secret = ?, updated_at = clock_timestamp(), version = version + 1
                where component_id = ?""").params(sealedSecret, componentId).update();
    }

    boolean delete(UUID componentId) {
        return jdbc.sql("delete from webhooks where component_id = ?")
                        .param(componentId)
                        .update()
                == 1;
    }

    /**
     * Takes a delivery, if nobody took its number before. A second one with the same number waits here for the first.
     */
    boolean take(Webhook webhook, Delivery delivery, @Nullable JsonNode push) {
        return jdbc.sql("""
                insert into webhook_deliveries
                    (id, organization_id, component_id, delivery, event, action, outcome, message, push,
                     redelivery_of)
                values (?, ?, ?, ?, ?, ?, ?, ?, cast(? as jsonb), ?)
                on conflict (component_id, delivery) do nothing""")
                        .param(delivery.id())
                        .param(webhook.organizationId())
                        .param(webhook.componentId())
                        .param(delivery.delivery())
                        .param(delivery.event())
                        .param(delivery.action())
                        .param(delivery.outcome().name())
                        .param(delivery.message())
                        .param(push == null ? null : json.writeValueAsString(push))
                        .param(delivery.redeliveryOf())
                        .update()
                == 1;
    }

    void built(UUID delivery, UUID build) {
        jdbc.sql("update webhook_deliveries set build_id = ? where id = ?")
                .params(build, delivery)
                .update();
    }

    Optional<Delivery> delivery(UUID componentId, String number) {
        return jdbc.sql("select * from webhook_deliveries where component_id = ? and delivery = ?")
                .params(componentId, number)
                .query(WebhookStore::delivery)
                .optional();
    }

    Optional<Delivery> delivery(UUID componentId, UUID id) {
        return jdbc.sql("select * from webhook_deliveries where component_id = ? and id = ?")
                .params(componentId, id)
                .query(WebhookStore::delivery)
                .optional();
    }

    /** What a delivery said of its push, as far as it is kept. */
    Optional<JsonNode> push(UUID id) {
        return jdbc.sql("select push from webhook_deliveries where id = ? and push is not null")
                .param(id)
                .query(String.class)
                .optional()
                .map(json::readTree);
    }

    Page<Delivery> deliveries(UUID componentId, Delivery.@Nullable Outcome outcome, PageRequest page) {
        return Listing.of("select * from webhook_deliveries")
                .where("component_id = :component", "component", componentId)
                .filter("outcome = :outcome", "outcome", outcome == null ? null : outcome.name())
                .sort("-createdAt", "created_at", Listing.Type.TIME)
                .page(jdbc, page, WebhookStore::delivery);
    }

    private Webhook row(ResultSet row, int number) throws SQLException {
        return new Webhook(
                row.getObject("organization_id", UUID.class),
                row.getObject("component_id", UUID.class),
                row.getString("provider"),
                row.getBytes("secret"),
                json.readValue(row.getString("branches"), PATTERNS),
                json.readValue(row.getString("paths"), PATTERNS),
                row.getLong("version"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    private static Delivery delivery(ResultSet row, int number) throws SQLException {
        return new Delivery(
                row.getObject("id", UUID.class),
                row.getString("delivery"),
                row.getString("event"),
                row.getString("action"),
                Delivery.Outcome.valueOf(row.getString("outcome")),
                row.getString("message"),
                row.getObject("build_id", UUID.class),
                row.getObject("push") != null,
                row.getObject("redelivery_of", UUID.class),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
