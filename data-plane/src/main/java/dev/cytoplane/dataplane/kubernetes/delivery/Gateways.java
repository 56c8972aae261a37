package dev.cytoplane.dataplane.kubernetes.delivery;

import dev.cytoplane.contracts.cell.CellTraffic;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.Applied;
import dev.cytoplane.contracts.gateway.GatewayTraffic;
import dev.cytoplane.contracts.json.ContractJson;
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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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
    /** More than a gateway of one cell writes. */
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
        private final RecentTraffic figures = new RecentTraffic(() -> Optional.ofNullable(last));
    }

    public Gateways(KubernetesClient client) {
        this.informer =
                client.pods().inAnyNamespace().withLabels(Labels.gateways()).runnableInformer(RESYNC.toMillis());
    }

    /** Returns when it knows what is there. */
    public void start() {
        informer.run();
    }

    /** What the newest pod of a cell's gateway made of its newest configuration. */
    public Optional<Applied> applied(String cell) {
        return pods().filter(pod -> Labels.cell(pod).filter(cell::equals).isPresent())
                .max(Comparator.comparing(Gateways::begun))
                .flatMap(pod -> ask(pod, "/applied.json", Applied.class));
    }

    /** A cell whose gateway is being replaced is told of by the newer pod that has anything to tell. */
    @Override
    public List<CellTraffic> traffic() {
        List<Pod> pods = pods().sorted(Comparator.comparing(Gateways::begun)).toList();
        recent.keySet().retainAll(pods.stream().map(Gateways::uid).collect(Collectors.toSet()));
        Map<String, Future<Optional<GatewayTraffic>>> asked = pods.stream()
                .collect(Collectors.toMap(
                        Gateways::uid, pod -> asking.submit(() -> ask(pod, "/traffic.json", GatewayTraffic.class))));
        Map<String, CellTraffic> told = new TreeMap<>();
        for (Pod pod : pods) {
            Recent known = recent.computeIfAbsent(uid(pod), _ -> new Recent());
            answer(asked.get(uid(pod))).ifPresent(traffic -> known.last = traffic);
            for (CellTraffic cell : known.figures.traffic()) {
                // Whoever could write labels must not speak for another's cell.
                if (Labels.cell(pod).filter(cell.cell()::equals).isPresent()) {
                    told.merge(
                            cell.cell(), cell, (older, newer) -> newer.edges().isEmpty() ? older : newer);
                }
            }
        }
        return List.copyOf(told.values());
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

    /** Those that run. */
    private Stream<Pod> pods() {
        return informer.getStore().list().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> pod.getStatus() != null && pod.getStatus().getPodIP() != null)
                .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
                .filter(Labels::isWhereItsCellIs);
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
