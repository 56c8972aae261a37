package dev.cytoplane.controlplane.webhook;

import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.build.Build;
import dev.cytoplane.controlplane.build.Builds;
import dev.cytoplane.controlplane.build.Trigger;
import dev.cytoplane.controlplane.id.Ids;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import dev.cytoplane.controlplane.source.ComponentSource;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes proven deliveries. The delivery's number and the build it leads to are one transaction, so a delivery is handled
 * once even when it comes twice at the same time, and whatever happens to the platform meanwhile.
 */
@Service
class Deliveries {

    private final WebhookStore store;
    private final Builds builds;
    private final Clock clock;

    Deliveries(WebhookStore store, Builds builds, Clock clock) {
        this.store = store;
        this.builds = builds;
        this.clock = clock;
    }

    /** @param repeated whether its number was handled before; then the outcome is that of the first */
    record Taken(Delivery delivery, boolean repeated) {}

    /** In the tenancy of the component's organization. */
    @Transactional
    public Taken take(Webhook webhook, ComponentSource source, String number, GitHubEvent event) {
        Decision decision = Decision.of(event, webhook, source);
        Delivery delivery = new Delivery(
                Ids.next(),
                number,
                event.name(),
                event.action(),
                outcome(decision),
                decision.message(),
                null,
                clock.instant());
        if (!store.take(webhook, delivery)) {
            return new Taken(store.delivery(webhook.componentId(), number).orElseThrow(), true);
        }
        if (decision instanceof Decision.StartBuild start) {
            store.built(delivery.id(), queue(source, start).id());
        }
        return new Taken(store.delivery(webhook.componentId(), number).orElseThrow(), false);
    }

    private Build queue(ComponentSource source, Decision.StartBuild start) {
        return builds.queue(
                new Builds.Request(source.scope(), Trigger.WEBHOOK, start.commit(), start.branch(), false, "webhook"));
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
