package dev.cytoplane.controlplane.webhook;

import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.audit.Audit;
import dev.cytoplane.controlplane.build.Build;
import dev.cytoplane.controlplane.build.Builds;
import dev.cytoplane.controlplane.build.Trigger;
import dev.cytoplane.controlplane.id.Ids;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import dev.cytoplane.controlplane.problem.Problem;
import dev.cytoplane.controlplane.source.ComponentSource;
import dev.cytoplane.controlplane.source.Sources;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;

/**
 * Takes proven deliveries. The delivery's number and the build it leads to are one transaction, so a delivery is handled
 * once even when it comes twice at the same time, and whatever happens to the platform meanwhile.
 */
@Service
class Deliveries {

    private final WebhookStore store;
    private final Sources sources;
    private final Builds builds;
    private final Audit audit;
    private final Clock clock;

    Deliveries(WebhookStore store, Sources sources, Builds builds, Audit audit, Clock clock) {
        this.store = store;
        this.sources = sources;
        this.builds = builds;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param repeated whether its number was handled before; then the outcome is that of the first */
    record Taken(Delivery delivery, boolean repeated) {}

    /** In the tenancy of the component's organization. */
    @Transactional
    public Taken take(Webhook webhook, ComponentSource source, String number, GitHubEvent event) {
        return take(webhook, source, number, event, null, "webhook");
    }

    /**
     * Decides over a delivery anew, by what the webhook asks for now, as a delivery of its own.
     *
     * @param by who asked for it
     */
    @Transactional
    public Delivery takeAgain(ComponentScope scope, Webhook webhook, UUID id, String by) {
        Delivery before =
                store.delivery(scope.componentId(), id).orElseThrow(() -> Problem.notFound("delivery", id.toString()));
        JsonNode push = store.push(id)
                .orElseThrow(() -> Problem.conflict(
                        "not-redeliverable",
                        "Only a push can be taken again, and only one that came since deliveries are kept for that."
                                + " Send it again from the Git host."));
        ComponentSource source =
                sources.find(scope.componentId()).orElseThrow(() -> Problem.notFound("component", scope.path()));
        audit.record(
                scope.organizationId(),
                "webhook.redelivered",
                scope.path(),
                Map.of("delivery", before.delivery(), "id", id.toString()));
        GitHubEvent event = new GitHubEvent(before.event(), push);
        return take(webhook, source, UUID.randomUUID().toString(), event, id, by)
                .delivery();
    }

    private Taken take(
            Webhook webhook,
            ComponentSource source,
            String number,
            GitHubEvent event,
            @Nullable UUID redeliveryOf,
            String by) {
        Decision decision = Decision.of(event, webhook, source);
        JsonNode push = event.essence();
        Delivery delivery = new Delivery(
                Ids.next(),
                number,
                event.name(),
                event.action(),
                outcome(decision),
                decision.message(),
                null,
                push != null,
                redeliveryOf,
                clock.instant());
        if (!store.take(webhook, delivery, push)) {
            return new Taken(store.delivery(webhook.componentId(), number).orElseThrow(), true);
        }
        if (decision instanceof Decision.StartBuild start) {
            store.built(delivery.id(), queue(source, start, by).id());
        }
        return new Taken(store.delivery(webhook.componentId(), number).orElseThrow(), false);
    }

    private Build queue(ComponentSource source, Decision.StartBuild start, String by) {
        return builds.queue(
                new Builds.Request(source.scope(), Trigger.WEBHOOK, start.commit(), start.branch(), false, by));
    }

    @Transactional(readOnly = true)
    public Page<Delivery> list(ComponentScope scope, Delivery.@Nullable Outcome outcome, PageRequest page) {
        return store.deliveries(scope.componentId(), outcome, page);
    }

    private static Delivery.Outcome outcome(Decision decision) {
        return switch (decision) {
            case Decision.Pong pong -> Delivery.Outcome.PONG;
            case Decision.Ignore ignore -> Delivery.Outcome.IGNORED;
            case Decision.StartBuild start -> Delivery.Outcome.BUILD_QUEUED;
        };
    }
}
