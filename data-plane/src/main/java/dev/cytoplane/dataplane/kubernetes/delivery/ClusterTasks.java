package dev.cytoplane.dataplane.kubernetes.delivery;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.cell.CellStatus.RunPhase;
import dev.cytoplane.dataplane.kubernetes.desired.Labels;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import dev.cytoplane.dataplane.runtime.TaskOrders;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of tasks in a cluster. A schedule's are made by Kubernetes; one that somebody wants is a Job made from the
 * component's CronJob. Orders come in again and again until the status names the run, so what fails is tried again.
 */
public final class ClusterTasks implements TaskOrders, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ClusterTasks.class);
    private static final Duration RESYNC = Duration.ofMinutes(10);
    private static final int MOST_REMEMBERED = 1_000;
    /** So soon after its start a Job with this deadline is over it, and Kubernetes ends it with its pods. */
    private static final long AT_ONCE = 1;

    private record Order(String cell, String component) {}

    private final KubernetesClient client;
    private final Clock clock;
    private final SharedIndexInformer<Job> jobs;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("cluster-tasks").factory());
    /** Cancelled before they were begun: they are told once more and forgotten with this process. */
    private final Map<UUID, Order> neverBegun = new LinkedHashMap<>();

    private volatile Consumer<String> listener = cell -> {};

    public ClusterTasks(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
        this.jobs = client.batch()
                .v1()
                .jobs()
                .inAnyNamespace()
                .withLabel(Labels.MANAGED_BY, Labels.MANAGER)
                .runnableInformer(RESYNC.toMillis());
        jobs.addEventHandler(new Listening<>(job -> Labels.cell(job).ifPresent(listener)));
    }

    /** Returns when it knows what is there. */
    public void start() {
        jobs.run();
    }

    /** Calls back with a cell's name when something about one of its runs has changed. */
    void onChange(Consumer<String> callback) {
        this.listener = callback;
    }

    @Override
    public void start(UUID run, String cell, String component, List<String> arguments) {
        write(() -> {
            if (find(run, cell, component).isEmpty()) {
                task(cell, component).ifPresent(task -> create(job(task, run, arguments)));
            }
        });
    }

    @Override
    public void cancel(UUID run, String cell, String component) {
        write(() -> {
            Optional<Job> there = find(run, cell, component);
            if (there.isEmpty()) {
                remember(run, new Order(cell, component));
                listener.accept(cell);
            } else if (!SeenRuns.hasEnded(there.get())) {
                end(there.get());
            }
        });
    }

    /** A failure is no more than a delay: the order comes again. */
    private void write(Runnable work) {
        writer.execute(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                log.warn("A run cannot be ordered: {}", e.getMessage());
                log.debug("A run cannot be ordered", e);
            }
        });
    }

    private Optional<CronJob> task(String cell, String component) {
        return Optional.ofNullable(client.batch()
                .v1()
                .cronjobs()
                .inNamespace(Names.namespace(cell))
                .withName(component)
                .get());
    }

    private static Job job(CronJob task, UUID run, List<String> arguments) {
        var template = task.getSpec().getJobTemplate();
        String digits = run.toString().replace("-", "");
        JobBuilder job = new JobBuilder()
                .withNewMetadata()
                .withName(task.getMetadata().getName() + "-" + digits.substring(digits.length() - 10))
                .withNamespace(task.getMetadata().getNamespace())
                .withLabels(template.getMetadata().getLabels())
                .addToLabels(SeenRuns.RUN, run.toString())
                .withAnnotations(template.getMetadata().getAnnotations())
                .withOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion(task.getApiVersion())
                        .withKind(task.getKind())
                        .withName(task.getMetadata().getName())
                        .withUid(task.getMetadata().getUid())
                        .withController(true)
                        .build())
                .endMetadata()
                .withSpec(template.getSpec());
        return job.editSpec()
                .editTemplate()
                .editSpec()
                .editMatchingContainer(container -> container.getName().equals(Names.COMPONENT))
                .withArgs(arguments)
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private void create(Job job) {
        try {
            client.resource(job).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
    }

    private void end(Job job) {
        Job change = new JobBuilder()
                .withNewMetadata()
                .withName(job.getMetadata().getName())
                .withNamespace(job.getMetadata().getNamespace())
                .addToAnnotations(SeenRuns.CANCELLED, "true")
                .endMetadata()
                .withNewSpec()
                .withActiveDeadlineSeconds(AT_ONCE)
                .endSpec()
                .build();
        client.batch()
                .v1()
                .jobs()
                .inNamespace(job.getMetadata().getNamespace())
                .withName(job.getMetadata().getName())
                .patch(PatchContext.of(PatchType.JSON_MERGE), change);
    }

    private Optional<Job> find(UUID run, String cell, String component) {
        return of(cell, component).stream()
                .filter(job -> SeenRuns.id(job).equals(run))
                .findFirst();
    }

    private List<Job> of(String cell, String component) {
        return jobs.getStore().list().stream()
                .filter(job -> job.getMetadata().getNamespace().equals(Names.namespace(cell))
                        && component.equals(job.getMetadata().getLabels().get(Labels.NAME)))
                .toList();
    }

    /** What is known of a component's runs. */
    CellStatus.Task status(Cell cell, Cell.Component component, Cell.Task task) {
        String name = cell.metadata().name();
        List<Job> own = of(name, component.name());
        List<Pod> pods = own.isEmpty()
                ? List.of()
                : CellPods.pods(client, name, Labels.component(component.name()))
                        .toList();
        CellStatus.Task seen = SeenRuns.of(task, own, pods, clock.instant());
        List<CellStatus.Run> runs = new ArrayList<>(seen.runs());
        neverBegun(new Order(name, component.name())).forEach(run -> runs.add(cancelled(run, component)));
        return new CellStatus.Task(seen.nextRun(), runs);
    }

    private CellStatus.Run cancelled(UUID run, Cell.Component component) {
        return new CellStatus.Run(
                run,
                null,
                component.release(),
                RunPhase.CANCELLED,
                component.name(),
                null,
                clock.instant(),
                0,
                null,
                "It was cancelled before it began.");
    }

    private synchronized void remember(UUID run, Order order) {
        neverBegun.put(run, order);
        if (neverBegun.size() > MOST_REMEMBERED) {
            neverBegun.remove(neverBegun.keySet().iterator().next());
        }
    }

    private synchronized List<UUID> neverBegun(Order order) {
        return neverBegun.entrySet().stream()
                .filter(entry -> entry.getValue().equals(order))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What runs in the cluster goes on. */
    @Override
    public void close() {
        writer.shutdownNow();
        jobs.close();
    }
}
