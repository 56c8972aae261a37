package dev.cytoplane.dataplane.kubernetes.build;

import dev.cytoplane.contracts.build.BuildOrder;
import dev.cytoplane.contracts.build.BuildReport;
import dev.cytoplane.contracts.build.BuildReport.Phase;
import dev.cytoplane.contracts.build.BuildReport.Seen;
import dev.cytoplane.dataplane.kubernetes.desired.ClusterSettings;
import dev.cytoplane.dataplane.runtime.BuildOrders;
import dev.cytoplane.dataplane.settings.DataPlaneSettings;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the Jobs of builds be what is wanted, and says how they are. Looks once a second while there is something to look at,
 * and asks the cluster nothing when there is not. Knows nothing that is not in the cluster or in what is wanted, so a data plane
 * that starts anew goes on where it was.
 */
public final class ClusterBuilds implements BuildOrders, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ClusterBuilds.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** Of the namespace's own objects, against drift. */
    private static final Duration APPLY = Duration.ofMinutes(5);

    private static final PatchContext SERVER_SIDE = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("cytoplane-builds")
            .withForce(true)
            .build();

    private final KubernetesClient client;
    private final BuildCluster builds;
    private final Supplier<String> roots;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("cluster-builds").factory());
    /** Null until something was told: then it is not known that nothing is wanted. */
    private volatile @Nullable List<BuildOrder> wanted;

    private volatile List<Seen> seen = List.of();
    private boolean clean;
    private long applied = System.nanoTime() - APPLY.toNanos();

    /** @param roots PEM certificates of the platform; asked once this data plane has joined */
    public ClusterBuilds(
            KubernetesClient client, DataPlaneSettings settings, ClusterSettings cluster, Supplier<String> roots) {
        this(client, BuildCluster.of(settings.builds(), settings.linkUrl(), cluster), roots);
    }

    ClusterBuilds(KubernetesClient client, BuildCluster builds, Supplier<String> roots) {
        this.client = client;
        this.builds = builds;
        this.roots = roots;
    }

    public void start() {
        timer.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void wanted(List<BuildOrder> orders) {
        List<BuildOrder> before = wanted;
        wanted = List.copyOf(orders);
        if (before == null || !before.equals(orders)) {
            timer.execute(this::look);
        }
    }

    @Override
    public Optional<BuildReport> report() {
        return Optional.of(new BuildReport(builds.concurrency(), builds.tools(), builds.platform(), seen));
    }

    private void look() {
        List<BuildOrder> orders = wanted;
        if (orders == null || orders.isEmpty() && clean) {
            return;
        }
        try {
            if (System.nanoTime() - applied >= APPLY.toNanos()) {
                BuildNamespace.of(builds).forEach(this::apply);
                applied = System.nanoTime();
            }
            pass(orders);
        } catch (KubernetesClientException e) {
            log.warn("The Jobs of builds cannot be looked at: {}", e.getMessage());
            seen = orders.stream()
                    .map(order -> SeenBuild.seen(order, Phase.WAITING, "the cluster does not take its Job: " + said(e)))
                    .toList();
        } catch (RuntimeException e) {
            log.error("The Jobs of builds cannot be looked at", e);
        }
    }

    private static String said(KubernetesClientException e) {
        return e.getStatus() != null && e.getStatus().getMessage() != null
                ? e.getStatus().getMessage()
                : String.valueOf(e.getMessage());
    }

    private void pass(List<BuildOrder> orders) {
        Map<String, BuildOrder> byName = orders.stream().collect(Collectors.toMap(BuildJob::name, Function.identity()));
        Map<String, Job> jobs = client
                .batch()
                .v1()
                .jobs()
                .inNamespace(builds.namespace())
                .withLabels(BuildJob.LABELS)
                .list()
                .getItems()
                .stream()
                .collect(Collectors.toMap(job -> job.getMetadata().getName(), Function.identity()));
        jobs.keySet().stream().filter(name -> !byName.containsKey(name)).forEach(this::delete);
        clean = orders.isEmpty() && jobs.isEmpty();
        List<Pod> pods = orders.isEmpty() ? List.of() : pods();
        List<Seen> all = new ArrayList<>();
        for (BuildOrder order : orders) {
            Job job = jobs.get(BuildJob.name(order));
            all.add(SeenBuild.of(order, job, pod(order, pods), () -> refused(order)));
            if (job == null && !order.begun()) {
                begin(order, create(order));
            } else if (job != null && Boolean.TRUE.equals(job.getSpec().getSuspend())) {
                begin(order, job);
            }
        }
        seen = all;
    }

    private List<Pod> pods() {
        return client.pods()
                .inNamespace(builds.namespace())
                .withLabels(BuildJob.LABELS)
                .list()
                .getItems();
    }

    private static Optional<Pod> pod(BuildOrder order, List<Pod> pods) {
        return pods.stream()
                .filter(pod -> BuildJob.name(order)
                        .equals(pod.getMetadata().getLabels().get("batch.kubernetes.io/job-name")))
                .findFirst();
    }

    private Job create(BuildOrder order) {
        log.info("{} becomes a Job", order);
        return client.resource(BuildJob.job(order, builds)).create();
    }

    private void begin(BuildOrder order, Job job) {
        try {
            client.resource(BuildJob.secret(order, job, roots.get(), builds)).create();
        } catch (KubernetesClientException e) {
            // Made before an end in the middle, with this very token: another attempt has another name.
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
        client.batch()
                .v1()
                .jobs()
                .inNamespace(builds.namespace())
                .withName(job.getMetadata().getName())
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        new JobBuilder()
                                .withNewMetadata()
                                .withName(job.getMetadata().getName())
                                .endMetadata()
                                .withNewSpec()
                                .withSuspend(false)
                                .endSpec()
                                .build());
    }

    private void delete(String name) {
        log.info("The Job {} is not wanted any more", name);
        client.batch()
                .v1()
                .jobs()
                .inNamespace(builds.namespace())
                .withName(name)
                .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                .delete();
    }

    /** A quota, say, or an admission policy. */
    private Optional<String> refused(BuildOrder order) {
        try {
            return client
                    .v1()
                    .events()
                    .inNamespace(builds.namespace())
                    .withField("involvedObject.name", BuildJob.name(order))
                    .list()
                    .getItems()
                    .stream()
                    .filter(event -> "FailedCreate".equals(event.getReason()))
                    .map(Event::getMessage)
                    .reduce((first, last) -> last)
                    .map(message -> "the cluster makes no pod for it: " + message);
        } catch (KubernetesClientException e) {
            log.debug("Events of builds cannot be read", e);
            return Optional.empty();
        }
    }

    private void apply(HasMetadata object) {
        client.resource(object).patch(SERVER_SIDE);
    }

    /** What runs in the cluster goes on. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
