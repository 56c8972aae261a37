package dev.cytoplane.dataplane;

import dev.cytoplane.contracts.link.EndpointCall;
import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.dataplane.artifact.Artifacts;
import dev.cytoplane.dataplane.cell.DesiredCells;
import dev.cytoplane.dataplane.gateway.FrontDoor;
import dev.cytoplane.dataplane.identity.CellCertificates;
import dev.cytoplane.dataplane.identity.Identity;
import dev.cytoplane.dataplane.identity.KeyStorage;
import dev.cytoplane.dataplane.identity.Sealing;
import dev.cytoplane.dataplane.kubernetes.build.ClusterBuilds;
import dev.cytoplane.dataplane.kubernetes.delivery.CellDelivery;
import dev.cytoplane.dataplane.kubernetes.delivery.ClusterTasks;
import dev.cytoplane.dataplane.kubernetes.delivery.Gateways;
import dev.cytoplane.dataplane.kubernetes.delivery.PodLogs;
import dev.cytoplane.dataplane.kubernetes.desired.ClusterSettings;
import dev.cytoplane.dataplane.kubernetes.desired.ClusterSettings.PublicUrl;
import dev.cytoplane.dataplane.kubernetes.desired.Exposure;
import dev.cytoplane.dataplane.kubernetes.desired.Gates;
import dev.cytoplane.dataplane.kubernetes.desired.GatewayAddress;
import dev.cytoplane.dataplane.kubernetes.image.BaseImages;
import dev.cytoplane.dataplane.kubernetes.image.Registry;
import dev.cytoplane.dataplane.kubernetes.image.ReleaseImages;
import dev.cytoplane.dataplane.kubernetes.image.TrustedAuthority;
import dev.cytoplane.dataplane.kubernetes.pod.SecretKeys;
import dev.cytoplane.dataplane.kubernetes.reconcile.CellOperator;
import dev.cytoplane.dataplane.kubernetes.reconcile.EnrolledAuthority;
import dev.cytoplane.dataplane.kubernetes.reconcile.GatewayReports;
import dev.cytoplane.dataplane.link.Link;
import dev.cytoplane.dataplane.runtime.BuildOrders;
import dev.cytoplane.dataplane.settings.DataPlaneSettings;
import dev.cytoplane.dataplane.settings.DataPlaneSettings.ExposureSettings;
import dev.cytoplane.dataplane.settings.DataPlaneSettings.KubernetesSettings;
import dev.cytoplane.dataplane.settings.DataPlaneSettings.ServiceType;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of a data plane in a cluster: what the link tells becomes custom resources, the operator makes them run, and
 * what it says of them goes back. Begins with its cells once it has joined, since only then it has an authority.
 */
final class KubernetesAgent implements Agent {

    private static final Logger log = LoggerFactory.getLogger(KubernetesAgent.class);

    private final PodLogs logs;
    private final Identity identity;
    private final DesiredCells cells;
    /** Of one cell. */
    private static final int MOST_GATEWAYS = 10;

    private final Link link;
    private final CellOperator operator;
    private final ClusterTasks tasks;
    private final CellDelivery delivery;
    /** Null where the gateways cannot be reached: outside of their cluster. */
    private final @Nullable Gateways gateways;

    private final @Nullable FrontDoor frontDoor;
    /** Null where no builds run. */
    private final @Nullable ClusterBuilds builds;

    private volatile boolean begun;

    private KubernetesAgent(
            DataPlaneSettings settings, KeyStorage keys, KubernetesClient client, SecureRandom random, Clock clock) {
        this.logs = new PodLogs(client);
        KubernetesSettings given = settings.kubernetes();
        if (given.registry().caFile() != null) {
            TrustedAuthority.trust(given.registry().caFile());
        }
        ClusterSettings cluster = cluster(settings);
        Sealing sealing = new Sealing(keys);
        this.identity = new Identity(keys, sealing);
        this.cells = new DesiredCells(settings.state());
        this.link = new Link(settings, identity, random, clock);
        boolean inside = cluster.dataPlane() != null;
        this.gateways = inside ? new Gateways(client) : null;
        this.frontDoor = inside ? FrontDoor.ofEach(cell -> GatewayAddress.frontDoor(cell, cluster), cells::find) : null;
        this.operator = new CellOperator(
                client,
                cluster,
                new ReleaseImages(
                        new Artifacts(settings.state(), link.artifacts(), clock),
                        new Registry(
                                required("image-repository", given.imageRepository()),
                                given.registry().username(),
                                given.registry().passwordFile()),
                        new BaseImages(given.baseImages()),
                        settings.state()),
                new EnrolledAuthority(identity, new CellCertificates(identity, clock), sealing),
                gateways == null ? GatewayReports.NONE : gateways::applied,
                clock);
        this.tasks = new ClusterTasks(client, clock);
        this.builds = settings.builds().enabled()
                ? new ClusterBuilds(client, settings, cluster, identity::trustBundle)
                : null;
        this.delivery = new CellDelivery(client, identity::dataPlane, cells, tasks, cluster, clock);
    }

    /**
     * In the cluster one of several pods works and its keys are a Secret; outside it is alone and they are files.
     *
     * @param client closed by whoever made it, after the agent
     */
    static Agent of(DataPlaneSettings settings, KubernetesClient client, SecureRandom random, Clock clock) {
        String namespace = settings.kubernetes().namespace();
        if (namespace == null || namespace.isBlank()) {
            return new KubernetesAgent(settings, KeyStorage.files(settings.state()), client, random, clock);
        }
        return new ElectedAgent(
                client,
                namespace,
                System.getenv().getOrDefault("HOSTNAME", "data-plane") + "_" + UUID.randomUUID(),
                () -> new KubernetesAgent(settings, new SecretKeys(client, namespace), client, random, clock),
                KubernetesAgent::endProcess);
    }

    /** As Kubernetes' own controllers do: nothing is written any more, not even on the way out. Whoever watches it starts it again. */
    private static void endProcess() {
        Runtime.getRuntime().halt(1);
    }

    private static ClusterSettings cluster(DataPlaneSettings settings) {
        KubernetesSettings given = settings.kubernetes();
        List<PublicUrl> urls = new ArrayList<>();
        if (given.httpPort() != null) {
            urls.add(new PublicUrl("http", given.httpPort()));
        }
        if (given.httpsPort() != null) {
            urls.add(new PublicUrl("https", given.httpsPort()));
        }
        return new ClusterSettings(
                given.clusterDomain(),
                ClusterSettings.KUBE_DNS,
                given.networks(),
                required("gateway-image", given.gatewayImage()),
                given.publicDomain(),
                settings.telemetryEndpoint(),
                pullSecret(given.registry().pullSecretFile()),
                urls,
                exposure("front-door", given.frontDoor()),
                westbound(given.westbound()),
                own(given.namespace()),
                gatewayReplicas(given.gatewayReplicas()),
                switch (given.gatewaySharing()) {
                    case NONE -> Gates.Kind.OWN;
                    case ENVIRONMENT -> Gates.Kind.ENVIRONMENT;
                });
    }

    /** This data plane's pods, as the chart labels them; none outside of the cluster. */
    private static ClusterSettings.@Nullable Pods own(@Nullable String namespace) {
        return namespace == null || namespace.isBlank()
                ? null
                : new ClusterSettings.Pods(namespace, Map.of("app.kubernetes.io/name", "cytoplane-data-plane"));
    }

    private static int gatewayReplicas(int given) {
        if (given < 1 || given > MOST_GATEWAYS) {
            throw new IllegalArgumentException("cytoplane.data-plane.kubernetes.gateway-replicas is " + given
                    + "; it has to be between 1 and " + MOST_GATEWAYS);
        }
        return given;
    }

    private static Exposure westbound(ExposureSettings given) {
        if (given.service() == ServiceType.NODE_PORT) {
            required("westbound.address", given.address());
        }
        return exposure("westbound", given);
    }

    private static Exposure exposure(String key, ExposureSettings given) {
        Map<String, String> annotations = new TreeMap<>();
        given.annotations().forEach(annotation -> {
            int equals = annotation.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("cytoplane.data-plane.kubernetes." + key + ".annotations has "
                        + annotation + "; each is name=value");
            }
            annotations.put(annotation.substring(0, equals), annotation.substring(equals + 1));
        });
        return new Exposure(
                switch (given.service()) {
                    case CLUSTER_IP -> Exposure.Type.CLUSTER_IP;
                    case NODE_PORT -> Exposure.Type.NODE_PORT;
                    case LOAD_BALANCER -> Exposure.Type.LOAD_BALANCER;
                },
                annotations,
                given.address() == null || given.address().isBlank() ? null : given.address());
    }

    private static @Nullable String pullSecret(@Nullable Path file) {
        try {
            return file == null ? null : Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cytoplane.data-plane.kubernetes.registry.pull-secret-file cannot be read: " + file, e);
        }
    }

    private static String required(String key, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(
                    "cytoplane.data-plane.kubernetes." + key + " is missing; the runtime kubernetes needs it");
        }
        return value;
    }

    @Override
    public void start() {
        if (identity.isJoined()) {
            begin();
        }
        link.onConnect(this::begin);
        link.start(
                cells,
                new Link.Answers(
                        delivery,
                        logs,
                        frontDoor == null ? KubernetesAgent::outside : frontDoor,
                        gateways == null ? List::of : gateways,
                        tasks,
                        builds == null ? BuildOrders.NONE : builds));
    }

    private static EndpointCall.Outcome outside(LinkEvent.CallWanted wanted) {
        return new EndpointCall.Unanswered(
                "This data plane is outside of its cluster, and does not reach the gateways there. Call them from where their users are.");
    }

    /** When the API server is too slow to fill its caches, parts of it run and others do not: only a new process can begin anew. */
    private void startOperator() {
        try {
            operator.start();
        } catch (RuntimeException e) {
            log.error("The cells of this cluster cannot be read; this process ends, to be started again", e);
            endProcess();
        }
    }

    /** Once. */
    private synchronized void begin() {
        if (begun) {
            return;
        }
        if (gateways != null) {
            gateways.start();
        }
        startOperator();
        delivery.start();
        if (builds != null) {
            builds.start();
        }
        begun = true;
        log.info("The cells of this cluster are taken care of as data plane {}", identity.dataPlane());
    }

    @Override
    public boolean isReady() {
        return begun;
    }

    @Override
    public boolean isConnected() {
        return link.isConnected();
    }

    /** What runs in the cluster goes on. */
    @Override
    public void close() {
        link.close();
        delivery.close();
        if (builds != null) {
            builds.close();
        }
        tasks.close();
        operator.close();
        if (frontDoor != null) {
            frontDoor.close();
        }
        if (gateways != null) {
            gateways.close();
        }
    }
}
