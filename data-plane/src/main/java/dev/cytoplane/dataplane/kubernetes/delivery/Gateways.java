package dev.cytoplane.dataplane.kubernetes.delivery;

import dev.cytoplane.contracts.cell.CellTraffic;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.Applied;
import dev.cytoplane.contracts.gateway.GatewayTraffic;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.dataplane.kubernetes.desired.Environment;
import dev.cytoplane.dataplane.kubernetes.desired.Labels;
import dev.cytoplane.dataplane.kubernetes.desired.Ports;
import dev.cytoplane.dataplane.traffic.RecentTraffic;
import dev.cytoplane.dataplane.traffic.TrafficSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * The gateways' pods, asked by the data plane's own at their management port, which nobody else reaches. What a gateway does not
 * answer within two seconds is not known.
 */
public final class Gateways implements TrafficSource, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Gateways.class);
    private static final Duration RESYNC = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int AT_ONCE = 32;
    /** More than a gateway of many cells writes. */
    private static final int LONGEST = 8 << 20;

    private final SharedIndexInformer<Pod> informer;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore atOnce = new Semaphore(AT_ONCE);
    /** By pod. */
    private final Map<String, Recent> recent = new ConcurrentHashMap<>();

    /** What a gateway's process has said last, and what follows from it. */
    private static final class Recent {
        private volatile @Nullable GatewayTraffic last;
        private final RecentTraffic figures;

        /** @param cells whose gateway it is: whoever could write labels must not speak for another's */
        Recent(Predicate<String> cells) {
            figures = new RecentTraffic(() -> Optional.ofNullable(last).map(all -> only(cells, all)));
        }

        private static GatewayTraffic only(Predicate<String> cells, GatewayTraffic all) {
            return new GatewayTraffic(
                    all.process(),
                    all.since(),
                    all.at(),
                    all.boundsMicros(),
                    all.edges().stream().filter(edge -> cells.test(edge.cell())).toList());
        }
    }

    public Gateways(KubernetesClient client) {
        this.informer =
                client.pods().inAnyNamespace().withLabels(Labels.gateways()).runnableInformer(RESYNC.toMillis());
    }

    /** Returns when it knows what is there. */
    public void start() {
        informer.run();
    }

    /**
     * What all pods of the gateway in a namespace made of their newest configuration: of those that answer the one that is
     * furthest behind.
     */
    public Optional<Applied> applied(String namespace) {
        List<Future<Optional<Applied>>> asked = pods().filter(
                        pod -> namespace.equals(pod.getMetadata().getNamespace()))
                .map(pod -> asking.submit(() -> ask(pod, "/applied.json", Applied.class)))
                .toList();
        return together(asked.stream().flatMap(it -> answer(it).stream()).toList());
    }

    static Optional<Applied> together(List<Applied> pods) {
        return pods.stream()
                .min(Comparator.comparingLong(Applied::generation))
                .map(last -> new Applied(
                        last.generation(),
                        pods.stream()
                                .map(Applied::error)
                                .filter(Objects::nonNull)
                                .findFirst()
                                .orElse(null),
                        pods.stream()
                                .flatMap(pod -> pod.shut().stream())
                                .distinct()
                                .toList(),
                        pods.stream()
                                .flatMap(pod -> pod.refused().stream())
                                .distinct()
                                .toList()));
    }

    /** All pods of a cell's gateway together, and the one that is being replaced with the one that follows it. */
    @Override
    public List<CellTraffic> traffic() {
        List<Pod> pods =
                pods().sorted(Comparator.comparing(Gateways::begun).reversed()).toList();
        recent.keySet().retainAll(pods.stream().map(Gateways::uid).collect(Collectors.toSet()));
        Map<String, Future<Optional<GatewayTraffic>>> asked = pods.stream()
                .collect(Collectors.toMap(
                        Gateways::uid, pod -> asking.submit(() -> ask(pod, "/traffic.json", GatewayTraffic.class))));
        List<RecentTraffic> figures = new ArrayList<>();
        for (Pod pod : pods) {
            Recent known = recent.computeIfAbsent(uid(pod), _ -> new Recent(served(pod)));
            answer(asked.get(uid(pod))).ifPresent(traffic -> known.last = traffic);
            figures.add(known.figures);
        }
        return RecentTraffic.together(figures);
    }

    private static <T> Optional<T> answer(@Nullable Future<Optional<T>> asked) {
        try {
            return asked == null ? Optional.empty() : asked.get(PATIENCE.toMillis() * 2, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            return Optional.empty();
        }
    }

    private <T> Optional<T> ask(Pod pod, String path, Class<T> type) {
        try {
            atOnce.acquire();
            try {
                String ip = pod.getStatus().getPodIP();
                HttpResponse<byte[]> answer = http.send(
                        HttpRequest.newBuilder(URI.create("http://" + (ip.contains(":") ? "[" + ip + "]" : ip) + ":"
                                        + Ports.MANAGEMENT + path))
                                .timeout(PATIENCE)
                                .build(),
                        HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LONGEST));
                return answer.statusCode() == 200
                        ? Optional.of(ContractJson.MAPPER.readValue(answer.body(), type))
                        : Optional.empty();
            } finally {
                atOnce.release();
            }
        } catch (IOException | JacksonException e) {
            log.debug("The gateway {} does not say {}", pod.getMetadata().getName(), path, e);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Predicate<String> served(Pod pod) {
        return Labels.cell(pod)
                .<Predicate<String>>map(cell -> cell::equals)
                .orElseGet(() -> Environment.of(pod).orElseThrow()::has);
    }

    /** Those that run. */
    private Stream<Pod> pods() {
        return informer.getStore().list().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> pod.getStatus() != null && pod.getStatus().getPodIP() != null)
                .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
                .filter(pod -> Labels.isWhereItsCellIs(pod) || Labels.isWhereItsEnvironmentIs(pod));
    }

    private static String begun(Pod pod) {
        return pod.getMetadata().getCreationTimestamp();
    }

    private static String uid(Pod pod) {
        return pod.getMetadata().getUid();
    }

    @Override
    public void close() {
        informer.close();
        asking.shutdownNow();
        http.shutdownNow();
    }
}
