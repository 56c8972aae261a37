import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.dataplane.kubernetes.desired.ClusterSettings;
import dev.cytoplane.dataplane.kubernetes.desired.DesiredObjects;
import dev.cytoplane.dataplane.kubernetes.desired.Exposure;
import dev.cytoplane.dataplane.kubernetes.desired.Gates;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import dev.cytoplane.dataplane.kubernetes.pod.ClusterClient;
import dev.cytoplane.dataplane.kubernetes.reconcile.CellOperator;
import dev.cytoplane.dataplane.kubernetes.reconcile.GatewayReports;
import dev.cytoplane.dataplane.kubernetes.resource.CellResource;
import dev.cytoplane.dataplane.kubernetes.resource.CellSpec;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How long many new Cells of five components take to run, and what they cost when nothing happens: by the operator, or, beside it,
 * the same objects applied by the same client without an operator. Each side has a cluster and a process of its own; the nodes are
 * simulated.
 *
 * <p>Arguments: {@code operator} or {@code plain}, how many cells, the file with the definition of cells. Says its figures as one
 * line of {@code name=value} pairs.
 */
final class ManyCells {

    private static final int AT_ONCE = 20;
    private static final Duration STEADY = Duration.ofSeconds(60);
    private static final int CHANGES = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final ClusterSettings SETTINGS = new ClusterSettings(
            "cluster.local",
            ClusterSettings.KUBE_DNS,
            List.of("10.96.0.0/16", "10.220.0.0/16"),
            "registry.test/cell-gateway:1",
            "localhost",
            null,
            null,
            List.of(),
            Exposure.NONE,
            Exposure.NONE,
            null,
            1,
            Gates.Kind.OWN);

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final KubernetesClient client;
    private final Requests requests;
    private final Map<String, Object> figures = new LinkedHashMap<>();

    private ManyCells(KubernetesClient client, Requests requests) {
        this.client = client;
        this.requests = requests;
    }

    public static void main(String[] arguments) throws Exception {
        int cells = Integer.parseInt(arguments[1]);
        Requests requests = new Requests();
        try (KubernetesClient client =
                ClusterClient.create(http -> http.addOrReplaceInterceptor("requests", requests))) {
            client.load(Files.newInputStream(Path.of(arguments[2]))).serverSideApply();
            client.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .withName("cells.cytoplane.dev")
                    .waitUntilCondition(
                            definition -> definition != null
                                    && definition.getStatus() != null
                                    && definition.getStatus().getConditions() != null
                                    && definition.getStatus().getConditions().stream()
                                            .anyMatch(condition -> condition.getType().equals("Established")
                                                    && condition.getStatus().equals("True")),
                            1,
                            TimeUnit.MINUTES);
            ManyCells benchmark = new ManyCells(client, requests);
            if (arguments[0].equals("plain")) {
                benchmark.plain(cells);
            } else {
                benchmark.operator(cells);
            }
            System.out.println(benchmark.figures.entrySet().stream()
                    .map(figure -> figure.getKey() + "=" + figure.getValue())
                    .collect(Collectors.joining(" ")));
            // The cluster goes now, and with it what the client's threads wait for.
            System.out.flush();
            Runtime.getRuntime().halt(0);
        }
    }

    /** What the operator does with a cell, without an operator: the same objects, in the same order, so many cells at once. */
    private void plain(int cells) throws Exception {
        applied("warm", 3);
        figure("objects", (long) cells * DesiredObjects.of(FiveComponents.cell("count0"), FiveComponents.given(FiveComponents.cell("count0"), "0"), SETTINGS).all().size());
        long begun = System.nanoTime();
        applied("p", cells);
        figure("taken", seconds(begun));
        SharedIndexInformer<Deployment> seen = client.apps().deployments().inAnyNamespace().inform();
        await(begun, "pods", () -> available(seen) == (cells + 3L) * (FiveComponents.COUNT + 1));
        figure("running", seconds(begun));
    }

    private void applied(String mark, int cells) throws Exception {
        List<List<HasMetadata>> all = IntStream.range(0, cells)
                .mapToObj(number -> FiveComponents.cell(mark + "c" + number))
                .map(cell -> DesiredObjects.of(cell, FiveComponents.given(cell, "11111111-1111-1111-1111-111111111111"), SETTINGS).all())
                .toList();
        // Nobody owns them: what an owner that is not there has, Kubernetes would remove.
        all.forEach(objects -> objects.forEach(object -> object.getMetadata().setOwnerReferences(List.of())));
        inParallel(cells, number -> all.get(number)
                .forEach(object -> client.resource(object).fieldManager("benchmark").forceConflicts().serverSideApply()));
    }

    private static long available(SharedIndexInformer<Deployment> seen) {
        return seen.getStore().list().stream()
                .filter(deployment -> deployment.getStatus() != null
                        && Objects.equals(deployment.getStatus().getAvailableReplicas(), deployment.getSpec().getReplicas()))
                .count();
    }

    private void operator(int cells) throws Exception {
        try (CellOperator operator = new CellOperator(
                client, SETTINGS, new FiveComponents.OneImage(), new FiveComponents.OwnAuthority(), GatewayReports.NONE, Clock.systemUTC())) {
            operator.start();
            // By a watch: a list of all of them again and again would be work for the API server that nobody asked for.
            SharedIndexInformer<CellResource> seen = client.resources(CellResource.class).inform();
            made("warm", 3);
            await(System.nanoTime(), "warm cells", () -> which(seen, "warm", "Ready") == 3);
            requests.reset();
            long begun = System.nanoTime();
            made("o", cells);
            await(begun, "cells taken", () -> which(seen, "o", "Applied") == cells);
            figure("taken", seconds(begun));
            await(begun, "cells ready", () -> which(seen, "o", "Ready") == cells);
            figure("running", seconds(begun));
            figure("requestsOfEachCell", (double) requests.all() / cells);
            figure("cpuSecondsOfEachCell", "%.3f".formatted(Machine.cpuSeconds(ProcessHandle.current().pid()) / cells));
            figure("heapMiB", heap());
            // What the last pods set off comes to its end first.
            Thread.sleep(5_000);
            requests.reset();
            double cpu = Machine.cpuSeconds(ProcessHandle.current().pid());
            Thread.sleep(STEADY.toMillis());
            figure("steadyRequests", requests.all());
            figure("steadyWatches", requests.watches());
            figure("steadyCpuPercent", (Machine.cpuSeconds(ProcessHandle.current().pid()) - cpu) * 100 / STEADY.toSeconds());
            changes(cells);
            figure("residentMiB", Machine.pssMebibytes(ProcessHandle.current().pid()));
        }
    }

    /** From a change of one cell until the cluster has its Deployment: seen by a watch, as the controllers see it. */
    private void changes(int cells) throws Exception {
        List<Double> times = new ArrayList<>();
        for (int change = 0; change < CHANGES; change++) {
            String name = FiveComponents.cell("oc" + change * (cells / CHANGES)).metadata().name();
            String value = "changed" + change;
            CompletableFuture<Long> seen = new CompletableFuture<>();
            try (Watch watch = client.apps()
                    .deployments()
                    .inNamespace(Names.namespace(name))
                    .withName("c0")
                    .watch(new Watcher<>() {
                        @Override
                        public void eventReceived(Action action, Deployment deployment) {
                            if (deployment.getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv().stream()
                                    .anyMatch(variable -> value.equals(variable.getValue()))) {
                                seen.complete(System.nanoTime());
                            }
                        }

                        @Override
                        public void onClose(@Nullable WatcherException cause) {}
                    })) {
                long begun = System.nanoTime();
                client.resources(CellResource.class)
                        .withName(name)
                        .patch(
                                PatchContext.of(PatchType.JSON),
                                "[{\"op\": \"replace\", \"path\": \"/spec/components/0/environment/A\", \"value\": \"%s\"}]"
                                        .formatted(value));
                times.add((seen.get(1, TimeUnit.MINUTES) - begun) / 1e6);
            }
        }
        times.sort(null);
        figure("changeMedianMs", times.get(times.size() / 2));
        figure("changeWorstMs", times.getLast());
    }

    private void made(String mark, int cells) throws Exception {
        inParallel(cells, number -> {
            Cell cell = FiveComponents.cell(mark + "c" + number);
            CellResource resource = new CellResource();
            resource.setMetadata(new ObjectMetaBuilder()
                    .withName(cell.metadata().name())
                    .withLabels(Map.of("round", mark))
                    .build());
            resource.setSpec(new CellSpec(cell.spec()));
            client.resource(resource).fieldManager("benchmark").serverSideApply();
        });
    }

    /** Cells that say so of themselves. */
    private static long which(SharedIndexInformer<CellResource> seen, String mark, String type) {
        return seen.getStore().list().stream()
                .filter(cell -> mark.equals(cell.getMetadata().getLabels().get("round")))
                .filter(cell -> cell.getStatus() != null)
                .filter(cell -> cell.getStatus().conditions().stream()
                        .anyMatch(condition -> condition.getType().equals(type)
                                && condition.getStatus().equals("True")))
                .count();
    }

    private void await(long begun, String what, BooleanSupplier there) throws Exception {
        while (!there.getAsBoolean()) {
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new IllegalStateException("Not all " + what + " after " + PATIENCE);
            }
            Thread.sleep(LOOK);
        }
    }

    /** What is used after everything that can go has gone. */
    private static long heap() {
        System.gc();
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20;
    }

    private void figure(String name, Object value) {
        figures.put(name, value instanceof Double number ? "%.1f".formatted(number) : value);
    }

    /** What the client asks of the API server. */
    private static final class Requests implements Interceptor {
        private final AtomicLong all = new AtomicLong();
        private final AtomicLong watches = new AtomicLong();

        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            all.incrementAndGet();
            if (String.valueOf(request.uri().getQuery()).contains("watch=true")) {
                watches.incrementAndGet();
            }
        }

        void reset() {
            all.set(0);
            watches.set(0);
        }

        /** Without the watches, which are renewed every few minutes. */
        long all() {
            return all.get() - watches.get();
        }

        long watches() {
            return watches.get();
        }
    }

    private static void inParallel(int cells, IntConsumer work) throws Exception {
        try (ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < cells; i++) {
                int number = i;
                all.add(workers.submit(() -> work.accept(number)));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
