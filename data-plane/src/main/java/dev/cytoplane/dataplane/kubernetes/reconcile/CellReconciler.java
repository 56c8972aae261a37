package dev.cytoplane.dataplane.kubernetes.reconcile;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.dataplane.identity.IdentityException;
import dev.cytoplane.dataplane.kubernetes.desired.ClusterSettings;
import dev.cytoplane.dataplane.kubernetes.desired.Desired;
import dev.cytoplane.dataplane.kubernetes.desired.DesiredObjects;
import dev.cytoplane.dataplane.kubernetes.desired.Environment;
import dev.cytoplane.dataplane.kubernetes.desired.Gates;
import dev.cytoplane.dataplane.kubernetes.desired.GatewayAddress;
import dev.cytoplane.dataplane.kubernetes.desired.Given;
import dev.cytoplane.dataplane.kubernetes.desired.Labels;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import dev.cytoplane.dataplane.kubernetes.image.ImageSource;
import dev.cytoplane.dataplane.kubernetes.resource.CellResource;
import dev.cytoplane.dataplane.kubernetes.resource.CellResourceStatus;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reconciles one cell, on every change of it or of what it is made of: read back what it was given, compute what it asks for,
 * apply what differs, remove what is left over, bring the configuration into the gateway, say how it is. Every step may be
 * cut short and done again. A deleted cell needs nothing of this: it owns its namespace, and Kubernetes ends the pods of
 * a namespace before it removes the policies that hold them.
 */
@ControllerConfiguration(name = "cells", fieldManager = Labels.MANAGER)
@GradualRetry(maxAttempts = -1, maxInterval = 60_000)
final class CellReconciler implements Reconciler<CellResource> {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofMinutes(1);
    private static final Duration REFUSED = Duration.ofSeconds(30);

    private final ClusterSettings settings;
    private final ImageSource images;
    private final Keepsakes keepsakes;
    private final GatewayReports gateways;
    private final Changeover changeover;
    private final SettledOf<CellResource> settled = new SettledOf<>();
    private final StatusPace pace = new StatusPace();
    private final Clock clock;

    CellReconciler(
            ClusterSettings settings, ImageSource images, Keepsakes keepsakes, GatewayReports gateways, Clock clock) {
        this.settings = settings;
        this.images = images;
        this.keepsakes = keepsakes;
        this.gateways = gateways;
        this.changeover = new Changeover(settings.gateways(), clock);
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, CellResource>> prepareEventSources(EventSourceContext<CellResource> context) {
        return Live.sources(context);
    }

    @Override
    public UpdateControl<CellResource> reconcile(CellResource resource, Context<CellResource> context) {
        try {
            return pass(resource, context);
        } catch (KubernetesClientException e) {
            // What is applied while its cell is being deleted is refused, and rightly so.
            if (isGone(resource, context)) {
                return UpdateControl.noUpdate();
            }
            throw e;
        }
    }

    /** What failed in a way that nobody foresaw is said too, and tried again. */
    @Override
    public ErrorStatusUpdateControl<CellResource> updateErrorStatus(
            CellResource resource, Context<CellResource> context, Exception e) {
        if (e instanceof KubernetesClientException client && client.getCode() == 0) {
            // The API server is away: it could not be told.
            return ErrorStatusUpdateControl.noStatusUpdate();
        }
        CellResourceStatus status = Statement.refusal(
                resource.getMetadata().getName(),
                resource.getMetadata().getGeneration(),
                resource.getStatus(),
                "Failed",
                "The cell cannot be brought to what it should be, and is tried again: " + e.getMessage(),
                clock.instant());
        return Objects.equals(resource.getStatus(), status)
                ? ErrorStatusUpdateControl.noStatusUpdate()
                : ErrorStatusUpdateControl.patchStatus(carrying(resource, status));
    }

    private static boolean isGone(CellResource resource, Context<CellResource> context) {
        return context.getPrimaryCache().get(ResourceID.fromResource(resource)).isEmpty();
    }

    private UpdateControl<CellResource> pass(CellResource resource, Context<CellResource> context) {
        Cell cell = resource.cell();
        Live live = new Live(context, cell.metadata());
        Optional<String> taken = taken(resource, live, context);
        if (taken.isPresent()) {
            return refuse(resource, "NamespaceTaken", taken.get(), SOON);
        }
        Gates gates = changeover.of(cell.metadata(), live, gateways);
        if (gates.shared() && live.environment().isEmpty()) {
            Optional<String> inTheWay = makeRoom(cell, context);
            if (inTheWay.isPresent()) {
                return refuse(resource, "GatewayCannotBeShared", inTheWay.get(), SOON.multipliedBy(5));
            }
        }
        ComponentImages found = ComponentImages.of(cell, images, live);
        Given given;
        try {
            given = keepsakes.of(resource, cell, found.ready(), gates, live);
        } catch (IdentityException e) {
            return refuse(resource, "SecretsCannotBeOpened", String.valueOf(e.getMessage()), LATER);
        }
        Desired desired = DesiredObjects.of(cell, given, settings);
        Refusals refusals = new Apply<>(context, live, settled.one(resource, context)).all(desired);
        if (isGone(resource, context)) {
            // What is applied while its cell is being deleted is refused, and rightly so.
            return UpdateControl.noUpdate();
        }
        if (refusals.cell() == null) {
            Set<String> undecided = new TreeSet<>(found.waiting().keySet());
            undecided.addAll(refusals.parts().keySet());
            new Prune(context.getClient(), live).except(desired.all(), undecided);
            new Nudge(context.getClient())
                    .gateways(
                            desired,
                            live.named(Secret.class, Names.GATEWAY_CONFIGURATION),
                            GatewaySeen.pods(live.all(Pod.class)).stream());
            new Instances(context.getClient(), live).handOver(given.instances());
        }
        if (isGone(resource, context)) {
            return UpdateControl.noUpdate();
        }
        GatewayAddress address = GatewayAddress.of(cell, settings, name -> door(name, cell, gates, live));
        GatewaySeen gateway =
                GatewaySeen.of(gates.leads(), cell.metadata(), desired.gatewayConfiguration(), live, gateways);
        GatewayFault fault = Optional.ofNullable(gateway.fault())
                .or(() -> Optional.ofNullable(address.missing()).map(GatewayFault::notExposed))
                .orElse(null);
        boolean late = isRefusedForLong(resource);
        CellResourceStatus status = new Observation(resource, cell, live)
                .status(found, refusals, address, gateway, fault, late, clock.instant());
        return say(resource, status, again(resource, found, refusals, fault, given));
    }

    /** By the name that it has in the cell's own namespace. */
    private static Optional<Service> door(String name, Cell cell, Gates gates, Live live) {
        if (gates.leads() == Gates.Kind.OWN) {
            return live.named(Service.class, name);
        }
        return name.equals(Names.WESTBOUND)
                ? live.named(
                        Service.class,
                        Names.westboundInEnvironment(cell.metadata().name()))
                : live.shared(Service.class, name);
    }

    /** Makes the namespace of the environment's gateway; never another's. What is wrong with that, in a sentence. */
    private static Optional<String> makeRoom(Cell cell, Context<CellResource> context) {
        Environment environment = Environment.of(cell.metadata());
        Namespace there = context.getClient()
                .namespaces()
                .withName(environment.namespace())
                .get();
        if (there == null) {
            context.getClient()
                    .resource(environment.place())
                    .fieldManager(Labels.MANAGER)
                    .serverSideApply();
            return Optional.empty();
        }
        return Labels.isOfEnvironment(there)
                ? Optional.empty()
                : Optional.of("The namespace " + environment.namespace()
                        + " exists and is not of this environment's gateway; remove it, or let each cell have its own");
    }

    private Duration again(
            CellResource resource,
            ComponentImages found,
            Refusals refusals,
            @Nullable GatewayFault fault,
            Given given) {
        if (fault != null && fault.passing()) {
            return SOON;
        }
        if (fault != null) {
            return SOON.multipliedBy(5);
        }
        if (!refusals.none()) {
            return isRefusedForLong(resource) ? LATER.dividedBy(2) : SOON.multipliedBy(5);
        }
        Duration next = found.waiting().isEmpty() ? soonest(untilRenewal(given), AnyWay.soon()) : SOON;
        return changeover.left(given.gates()).map(left -> soonest(left, next)).orElse(next);
    }

    private static Duration soonest(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** A quota counts some seconds late; what is refused after that is so until somebody changes something. */
    private boolean isRefusedForLong(CellResource resource) {
        Instant now = clock.instant();
        return Statement.refusedSince(resource.getStatus(), now).isBefore(now.minus(REFUSED));
    }

    /** Never another's namespace: neither one that was there before, nor one that an older cell of this name still leaves. */
    private static Optional<String> taken(CellResource resource, Live live, Context<CellResource> context) {
        Namespace namespace = live.all(Namespace.class)
                .findFirst()
                .orElseGet(() -> context.getClient()
                        .namespaces()
                        .withName(Names.namespace(resource.getMetadata().getName()))
                        .get());
        if (namespace == null) {
            return Optional.empty();
        }
        String name = namespace.getMetadata().getName();
        if (namespace.getMetadata().getDeletionTimestamp() != null) {
            return Optional.of("The namespace " + name + " of an earlier cell of this name is being removed");
        }
        boolean ours = namespace.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> owner.getUid().equals(resource.getMetadata().getUid()));
        return ours
                ? Optional.empty()
                : Optional.of("The namespace " + name + " exists and is not this cell's; remove it, or this cell");
    }

    private UpdateControl<CellResource> refuse(CellResource resource, String reason, String message, Duration again) {
        CellResourceStatus status = Statement.refusal(
                resource.getMetadata().getName(),
                resource.getMetadata().getGeneration(),
                resource.getStatus(),
                reason,
                message,
                clock.instant());
        return say(resource, status, again);
    }

    /** Says nothing when there is nothing new to say, or not yet. */
    private UpdateControl<CellResource> say(CellResource resource, CellResourceStatus status, Duration again) {
        CellResourceStatus before = resource.getStatus();
        if (Objects.equals(before, status)) {
            return UpdateControl.<CellResource>noUpdate().rescheduleAfter(again);
        }
        Duration wait = pace.untilWritten(resource.getMetadata().getName(), before, status, clock.instant());
        return wait.isZero()
                ? UpdateControl.patchStatus(carrying(resource, status)).rescheduleAfter(again)
                : UpdateControl.<CellResource>noUpdate().rescheduleAfter(soonest(wait, again));
    }

    private static CellResource carrying(CellResource resource, CellResourceStatus status) {
        CellResource change = new CellResource();
        change.setMetadata(new ObjectMetaBuilder()
                .withName(resource.getMetadata().getName())
                .build());
        change.setStatus(status);
        return change;
    }

    private Duration untilRenewal(Given given) {
        Instant due = given.certificate().dueAt();
        Duration left = Duration.between(clock.instant(), due).plus(SOON);
        return left.compareTo(SOON) < 0 ? SOON : left;
    }
}
