package dev.cytoplane.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.cell.CellStatus.Phase;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import dev.cytoplane.dataplane.kubernetes.resource.CellResource;
import dev.cytoplane.dataplane.kubernetes.testing.DataPlaneAccount;
import dev.cytoplane.dataplane.kubernetes.testing.TestPlane;
import dev.cytoplane.dataplane.settings.DataPlaneSettings;
import dev.cytoplane.dataplane.settings.DataPlaneSettings.ExposureSettings;
import dev.cytoplane.dataplane.settings.DataPlaneSettings.GatewaySettings;
import dev.cytoplane.dataplane.settings.DataPlaneSettings.GatewaySharing;
import dev.cytoplane.dataplane.settings.DataPlaneSettings.KubernetesSettings;
import dev.cytoplane.dataplane.settings.DataPlaneSettings.OnShutdown;
import dev.cytoplane.dataplane.testing.TestLink;
import dev.cytoplane.testcluster.Cluster;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A data plane of a real cluster, in this JVM and with the chart's rights, and the link that tells it its cells. */
final class AgentOnKubernetes implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Cluster cluster;
    private final Path work;
    private final TestLink link;
    private final DataPlaneAccount account;
    private final KubernetesClient client;
    private final TestPlane plane;
    private @Nullable Agent agent;

    AgentOnKubernetes(Cluster cluster, Path work, TestLink link) {
        this.cluster = cluster;
        this.work = work;
        this.link = link;
        this.account = new DataPlaneAccount(cluster);
        this.client = account.client();
        this.plane = TestPlane.withoutOperator(cluster, work);
    }

    TestPlane plane() {
        return plane;
    }

    TestLink link() {
        return link;
    }

    /** Where ports of the cluster's node are. */
    InetAddress node() {
        String address = plane.client().nodes().list().getItems().getFirst().getStatus().getAddresses().stream()
                .filter(each -> each.getType().equals("InternalIP"))
                .map(NodeAddress::getAddress)
                .findFirst()
                .orElseThrow();
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** In place of the one that ran before; it finds nothing in its folder. */
    void start(ExposureSettings frontDoor, ExposureSettings westbound) {
        start(frontDoor, westbound, GatewaySharing.NONE);
    }

    void start(ExposureSettings frontDoor, ExposureSettings westbound, GatewaySharing sharing) {
        stop();
        agent = running(
                plane.settings(account.namespace(), cluster.registry().passwordFile(), frontDoor, westbound, sharing));
    }

    /** Nothing of it is reached from outside the cluster. */
    void start() {
        start(cluster.registry().passwordFile());
    }

    void start(Path registryPassword) {
        stop();
        agent = running(plane.settings(account.namespace(), registryPassword));
    }

    /** Beside the one that runs. */
    Agent another() {
        return running(plane.settings(account.namespace(), cluster.registry().passwordFile()));
    }

    /** Takes the place of the one that ran. */
    void use(Agent other) {
        agent = other;
    }

    Agent agent() {
        return Objects.requireNonNull(agent);
    }

    private Agent running(KubernetesSettings kubernetes) {
        DataPlaneSettings settings = new DataPlaneSettings(
                work.resolve(cluster.unique()),
                link.url(),
                TestLink.TOKEN,
                link.fingerprint(),
                "kubernetes",
                null,
                null,
                new GatewaySettings(List.of(), Map.of(), "127.0.0.1", null, null),
                kubernetes,
                DataPlaneSettings.BuildsSettings.NONE,
                null,
                OnShutdown.KEEP,
                Duration.ZERO);
        Agent started = KubernetesAgent.of(settings, client, new SecureRandom(), Clock.systemUTC());
        started.start();
        return started;
    }

    void stop() {
        if (agent != null) {
            agent.close();
            agent = null;
        }
    }

    CellResource resource(String cell) {
        return plane.client().resources(CellResource.class).withName(cell).get();
    }

    /** What the Deployment of the component {@code web} runs. */
    String image(String cell) {
        return plane.client()
                .apps()
                .deployments()
                .inNamespace(Names.namespace(cell))
                .withName("web")
                .get()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage();
    }

    CellStatus ready(String cell, long version) {
        return until(cell, status -> {
            assertThat(status.observedVersion()).isEqualTo(version);
            assertThat(status.components())
                    .isNotEmpty()
                    .allSatisfy(component -> assertThat(component.phase())
                            .as(component.message())
                            .isEqualTo(Phase.READY));
        });
    }

    /** Waits until what was told last of a cell holds. */
    CellStatus until(String cell, Consumer<CellStatus> holds) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(link.status(cell)).hasValueSatisfying(holds));
        return link.status(cell).orElseThrow();
    }

    /** Takes with it what it was told: a cell that stays would be one of the next operator here. */
    @Override
    public void close() {
        if (agent != null && agent.isConnected()) {
            link.cells().forEach(link::delete);
            await().atMost(PATIENCE)
                    .until(
                            () -> plane.client()
                                    .resources(CellResource.class)
                                    .withLabel("cytoplane.dev/data-plane")
                                    .list()
                                    .getItems(),
                            List::isEmpty);
        }
        stop();
        client.close();
        plane.close();
        account.close();
    }
}
