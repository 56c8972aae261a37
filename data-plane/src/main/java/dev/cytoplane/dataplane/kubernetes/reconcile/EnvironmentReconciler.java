package dev.cytoplane.dataplane.kubernetes.reconcile;

import dev.cytoplane.dataplane.kubernetes.desired.ClusterSettings;
import dev.cytoplane.dataplane.kubernetes.desired.Desired;
import dev.cytoplane.dataplane.kubernetes.desired.Environment;
import dev.cytoplane.dataplane.kubernetes.desired.Labels;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import dev.cytoplane.dataplane.kubernetes.desired.SharedGateway;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reconciles the gateway that the cells of an environment share, on every change of a cell's part of it or of what it is made
 * of. It alone writes that gateway's Secret, so two cells that change at once are two parts of what it writes next. With the
 * last cell the namespace goes. How the gateway is, each cell says in its own status.
 */
@ControllerConfiguration(
        name = "gateways",
        fieldManager = Labels.MANAGER,
        generationAwareEventProcessing = false,
        informer = @Informer(labelSelector = SharedLive.OF_ENVIRONMENT))
@GradualRetry(maxAttempts = -1, maxInterval = 60_000)
final class EnvironmentReconciler implements Reconciler<Namespace> {

    private static final Logger log = LoggerFactory.getLogger(EnvironmentReconciler.class);
    private static final String REFUSED = "cytoplane.dev/refused";
    /** The cell that made the namespace leaves its part after that. */
    private static final Duration NEW = Duration.ofMinutes(1);

    private static final Duration AGAIN = Duration.ofSeconds(30);

    private final ClusterSettings settings;
    private final CellAuthority authority;
    private final Clock clock;
    private final SettledOf<Namespace> settled = new SettledOf<>();

    EnvironmentReconciler(ClusterSettings settings, CellAuthority authority, Clock clock) {
        this.settings = settings;
        this.authority = authority;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, Namespace>> prepareEventSources(EventSourceContext<Namespace> context) {
        return SharedLive.sources(context);
    }

    @Override
    public UpdateControl<Namespace> reconcile(Namespace namespace, Context<Namespace> context) {
        Optional<Environment> environment = Environment.of(namespace)
                .filter(it -> it.namespace().equals(namespace.getMetadata().getName()));
        if (environment.isEmpty() || namespace.getMetadata().getDeletionTimestamp() != null) {
            return UpdateControl.noUpdate();
        }
        SharedLive live = new SharedLive(context, environment.get());
        List<Secret> parts = live.parts();
        if (parts.isEmpty()) {
            return leave(namespace, context.getClient());
        }
        Desired desired = SharedGateway.of(
                environment.get(),
                parts,
                live.named(Secret.class, Names.GATEWAY_CONFIGURATION),
                authority.trustBundle(),
                settings);
        Refusals refusals = new Apply<>(context, live, settled.one(namespace, context)).all(desired);
        if (refusals.none()) {
            live.leftOver(desired.all()).forEach(object -> {
                log.info(
                        "{} {} is removed",
                        object.getKind(),
                        object.getMetadata().getName());
                context.getClient().resource(object).delete();
            });
        }
        if (refusals.cell() == null) {
            new Nudge(context.getClient())
                    .gateways(desired, live.named(Secret.class, Names.GATEWAY_CONFIGURATION), live.pods());
        }
        tell(namespace, environment.get(), refusals, context.getClient());
        return UpdateControl.<Namespace>noUpdate()
                .rescheduleAfter(refusals.none() ? AnyWay.soon() : AGAIN.dividedBy(6));
    }

    private UpdateControl<Namespace> leave(Namespace namespace, KubernetesClient client) {
        Instant made = Instant.parse(namespace.getMetadata().getCreationTimestamp());
        if (clock.instant().isBefore(made.plus(NEW))) {
            return UpdateControl.<Namespace>noUpdate().rescheduleAfter(AGAIN);
        }
        log.info(
                "No cell shares the gateway in {} any more",
                namespace.getMetadata().getName());
        client.resource(namespace).delete();
        return UpdateControl.noUpdate();
    }

    /** To the cells, which say it in their status. */
    private static void tell(Namespace namespace, Environment environment, Refusals refusals, KubernetesClient client) {
        String sentence = refusals.none() ? null : refusals.sentence();
        if (Objects.equals(refused(namespace).orElse(null), sentence)) {
            return;
        }
        NamespaceBuilder told = new NamespaceBuilder(environment.place());
        if (sentence != null) {
            told.editMetadata().addToAnnotations(REFUSED, sentence).endMetadata();
        }
        client.resource(told.build())
                .fieldManager(Labels.MANAGER)
                .forceConflicts()
                .serverSideApply();
    }

    /** What the cluster does not take of the gateway in a namespace, in a sentence. */
    static Optional<String> refused(Namespace namespace) {
        return Optional.ofNullable(namespace.getMetadata().getAnnotations()).map(all -> all.get(REFUSED));
    }
}
