package dev.cytoplane.dataplane.kubernetes.reconcile;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.dataplane.identity.IdentityException;
import dev.cytoplane.dataplane.kubernetes.desired.ClusterSettings;
import dev.cytoplane.dataplane.kubernetes.desired.DesiredObjects;
import dev.cytoplane.dataplane.kubernetes.desired.GatewayAddress;
import dev.cytoplane.dataplane.kubernetes.desired.Given;
import dev.cytoplane.dataplane.kubernetes.desired.Labels;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import dev.cytoplane.dataplane.kubernetes.image.ImageSource;
import dev.cytoplane.dataplane.kubernetes.resource.CellResource;
import dev.cytoplane.dataplane.kubernetes.resource.CellResourceStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reconciles one cell, on every change of it or of what it is made of: read back what it was given, compute what it asks for,
 * apply what differs, remove what is left over, bring the configuration into the gateway, say how it is. Every step may be
 * cut short and done again. A deleted cell needs nothing of this: it owns its namespace, and Kubernetes ends the pods of
 * a namespace before it removes the policies that hold them.
 */
@ControllerConfiguration(name = "cells", fieldManager = Labels.MANAGER)
final class CellReconciler implements Reconciler<CellResource> {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofMinutes(1);

    private final ClusterSettings settings;
    private final ImageSource images;
    private final Keepsakes keepsakes;
    private final Clock clock;

    CellReconciler(ClusterSettings settings, ImageSource images, Keepsakes keepsakes, Clock clock) {
        this.settings = settings;
        this.images = images;
        this.keepsakes = keepsakes;
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

    private static boolean isGone(CellResource resource, Context<CellResource> context) {
        return context.getPrimaryCache().get(ResourceID.fromResource(resource)).isEmpty();
    }

    private UpdateControl<CellResource> pass(CellResource resource, Context<CellResource> context) {
        Live live = new Live(context, Names.namespace(resource.getMetadata().getName()));
        Optional<String> taken = taken(resource, live, context);
        if (taken.isPresent()) {
            return refuse(resource, "NamespaceTaken", taken.get(), SOON);
        }
        Cell cell = resource.cell();
        ComponentImages found = ComponentImages.of(cell, images, live);
        Given given;
        try {
            given = keepsakes.of(resource, cell, found.ready(), live);
        } catch (IdentityException e) {
            return refuse(resource, "SecretsCannotBeOpened", String.valueOf(e.getMessage()), LATER);
        }
        List<HasMetadata> desired = DesiredObjects.of(cell, given, settings);
        new Apply(context, live).all(desired);
        new Prune(context.getClient(), live).except(desired, found.waiting().keySet());
        new Nudge(context.getClient(), live).gateways(desired);
        if (isGone(resource, context)) {
            return UpdateControl.noUpdate();
        }
        return say(resource, observe(resource, cell, found, live))
                .rescheduleAfter(found.waiting().isEmpty() ? untilRenewal(given) : SOON);
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

    private CellResourceStatus observe(CellResource resource, Cell cell, ComponentImages componentImages, Live live) {
        Map<String, Deployment> deployments = live.all(Deployment.class)
                .collect(Collectors.toMap(found -> found.getMetadata().getName(), found -> found, (a, b) -> b));
        Map<String, List<Pod>> pods = live.all(Pod.class)
                .collect(Collectors.groupingBy(
                        pod -> pod.getMetadata().getLabels().getOrDefault(Labels.NAME, "")));
        Map<String, Health> components = new TreeMap<>();
        Map<String, Integer> ready = new TreeMap<>();
        Map<String, String> releases = new TreeMap<>();
        for (Cell.Component component : cell.spec().components()) {
            String name = component.name();
            List<Pod> own = pods.getOrDefault(name, List.of());
            if (component.task() != null) {
                Optional<CronJob> task = live.named(CronJob.class, name);
                components.put(
                        name,
                        Optional.ofNullable(componentImages.waiting().get(name))
                                .map(waiting -> Health.waiting(null, waiting))
                                .orElseGet(() -> Health.ofTask(task.orElse(null))));
                task.flatMap(CellReconciler::release).ifPresent(release -> releases.put(name, release));
                continue;
            }
            components.put(
                    name,
                    Optional.ofNullable(componentImages.waiting().get(name))
                            .map(waiting -> Health.waiting(deployments.get(name), waiting))
                            .orElseGet(() -> Health.of(deployments.get(name), own)));
            List<Pod> readyPods = own.stream().filter(CellReconciler::isReady).toList();
            ready.put(name, readyPods.size());
            Set<String> serving = readyPods.stream()
                    .flatMap(pod -> Optional.ofNullable(pod.getMetadata().getAnnotations())
                            .map(annotations -> annotations.get(Labels.RELEASE))
                            .stream())
                    .collect(Collectors.toSet());
            if (serving.size() == 1) {
                releases.put(name, serving.iterator().next());
            }
        }
        return Statement.of(
                cell,
                resource.getMetadata().getGeneration(),
                resource.getStatus(),
                Health.of(deployments.get(Names.GATEWAY), pods.getOrDefault(Names.GATEWAY, List.of())),
                components,
                ready,
                releases,
                GatewayAddress.of(cell, settings, name -> live.named(Service.class, name)),
                clock.instant());
    }

    /** What the next run of a task will be of. */
    private static Optional<String> release(CronJob task) {
        return Optional.ofNullable(task.getSpec().getJobTemplate().getMetadata().getAnnotations())
                .map(annotations -> annotations.get(Labels.RELEASE));
    }

    private static boolean isReady(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    private UpdateControl<CellResource> refuse(CellResource resource, String reason, String message, Duration again) {
        return say(
                        resource,
                        Statement.refusal(
                                resource.getMetadata().getName(),
                                resource.getMetadata().getGeneration(),
                                resource.getStatus(),
                                reason,
                                message,
                                clock.instant()))
                .rescheduleAfter(again);
    }

    /** Says nothing when there is nothing new to say. */
    private static UpdateControl<CellResource> say(CellResource resource, CellResourceStatus status) {
        if (Objects.equals(resource.getStatus(), status)) {
            return UpdateControl.noUpdate();
        }
        CellResource change = new CellResource();
        change.setMetadata(new ObjectMetaBuilder()
                .withName(resource.getMetadata().getName())
                .build());
        change.setStatus(status);
        return UpdateControl.patchStatus(change);
    }

    private Duration untilRenewal(Given given) {
        Instant due = given.certificate().dueAt();
        Duration left = Duration.between(clock.instant(), due).plus(SOON);
        return left.compareTo(SOON) < 0 ? SOON : left;
    }
}
