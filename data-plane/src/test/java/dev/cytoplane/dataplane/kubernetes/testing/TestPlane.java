package dev.cytoplane.dataplane.kubernetes.testing;

import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.link.Enrolment;
import dev.cytoplane.dataplane.identity.CellCertificates;
import dev.cytoplane.dataplane.identity.Identity;
import dev.cytoplane.dataplane.identity.KeyStorage;
import dev.cytoplane.dataplane.identity.Sealing;
import dev.cytoplane.dataplane.kubernetes.desired.ClusterSettings;
import dev.cytoplane.dataplane.kubernetes.desired.Exposure;
import dev.cytoplane.dataplane.kubernetes.desired.Gates;
import dev.cytoplane.dataplane.kubernetes.desired.Labels;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import dev.cytoplane.dataplane.kubernetes.reconcile.CellOperator;
import dev.cytoplane.dataplane.kubernetes.reconcile.EnrolledAuthority;
import dev.cytoplane.dataplane.kubernetes.resource.CellDefinition;
import dev.cytoplane.dataplane.kubernetes.resource.CellResource;
import dev.cytoplane.dataplane.kubernetes.resource.CellSpec;
import dev.cytoplane.dataplane.settings.DataPlaneSettings;
import dev.cytoplane.dataplane.settings.DataPlaneSettings.ExposureSettings;
import dev.cytoplane.dataplane.testing.TestAuthority;
import dev.cytoplane.dataplane.testing.TestCells;
import dev.cytoplane.dataplane.testing.TestLink;
import dev.cytoplane.testcluster.Cluster;
import dev.cytoplane.testcluster.ImageRegistry;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A data plane on a real cluster: definition, images, operator, and cells that go at the end. */
public final class TestPlane implements AutoCloseable {

    /** Images that its nodes know. */
    public static final String GATEWAY = TestImages.GATEWAY;

    public static final String DATA_PLANE = TestImages.DATA_PLANE;

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String TOOLS = "cytoplane.test/tools:1";

    /** Of every cluster's registry: what an agent trusts, its whole process does. */
    private static final Set<String> AUTHORITIES = ConcurrentHashMap.newKeySet();

    private final Cluster cluster;
    private final Path work;
    private final KubernetesClient client;
    private final TestImages images;
    private final @Nullable EnrolledAuthority authority;
    private final Queue<String> cells = new ConcurrentLinkedQueue<>();
    private @Nullable CellOperator operator;
    private int gateways = 1;
    private Gates.Kind sharing = Gates.Kind.OWN;

    /** @param root whose roots cells believe; two planes that trust each other have the same */
    public TestPlane(Cluster cluster, TestAuthority root, Path work) {
        this(cluster, root, work, Gates.Kind.OWN);
    }

    /** @param sharing whether each cell has a gateway of its own */
    public TestPlane(Cluster cluster, TestAuthority root, Path work, Gates.Kind sharing) {
        this(cluster, work, enrol(root, work));
        this.sharing = sharing;
        startOperator();
    }

    private TestPlane(Cluster cluster, Path work, @Nullable EnrolledAuthority authority) {
        this.cluster = cluster;
        this.work = work;
        this.client = cluster.client();
        this.images = new TestImages(cluster, work);
        this.authority = authority;
        define();
        images.loadGateway();
    }

    /** For a test that brings an agent of its own. */
    public static TestPlane withoutOperator(Cluster cluster, Path work) {
        return new TestPlane(cluster, work, null);
    }

    /**
     * What an agent needs to know of this plane.
     *
     * @param namespace where it is itself
     * @param passwordFile for the registry
     */
    public DataPlaneSettings.KubernetesSettings settings(String namespace, Path passwordFile) {
        return settings(
                namespace,
                passwordFile,
                ExposureSettings.INSIDE,
                ExposureSettings.INSIDE,
                DataPlaneSettings.GatewaySharing.NONE);
    }

    /** The same, with gateways that are reached from outside, or shared. */
    public DataPlaneSettings.KubernetesSettings settings(
            String namespace,
            Path passwordFile,
            ExposureSettings frontDoor,
            ExposureSettings westbound,
            DataPlaneSettings.GatewaySharing sharing) {
        ImageRegistry registry = cluster.registry();
        Path pullSecret = work.resolve("pull-secret.json");
        Path authorities = work.resolve("registries.pem");
        try {
            Files.writeString(pullSecret, registry.pullSecret());
            AUTHORITIES.add(Files.readString(registry.authority()));
            Files.writeString(authorities, String.join("\n", AUTHORITIES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new DataPlaneSettings.KubernetesSettings(
                namespace,
                "cluster.local",
                List.of("10.96.0.0/16", "10.220.0.0/16"),
                registry.address() + "/test/releases",
                new DataPlaneSettings.RegistrySettings(registry.username(), passwordFile, authorities, pullSecret),
                Map.of("java", "tar://" + TestImages.base().toAbsolutePath()),
                TestImages.GATEWAY,
                "localhost",
                null,
                null,
                frontDoor,
                westbound,
                1,
                sharing);
    }

    /** {@link #DATA_PLANE}, of the classes at hand. */
    public void loadDataPlane() {
        images.loadDataPlane();
    }

    /** An archive with a Java runtime. */
    public static Path javaBase() {
        return TestImages.base();
    }

    /** A {@link CallingService} that says this version, where a link has it. */
    public static Cell.Artifact artifact(TestLink link, String version) {
        byte[] archive = serviceArchive(version);
        return new Cell.Artifact(link.artifact(archive), Cell.Artifact.Kind.BUNDLE, 1);
    }

    private void define() {
        try {
            client.load(Files.newInputStream(CellDefinition.FILE)).serverSideApply();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("cells.cytoplane.dev")
                .waitUntilCondition(
                        definition -> definition != null
                                && definition.getStatus() != null
                                // A new one has none, and says so.
                                && definition.getStatus().getConditions() != null
                                && definition.getStatus().getConditions().stream()
                                        .anyMatch(
                                                condition -> condition.getType().equals("Established")
                                                        && condition.getStatus().equals("True")),
                        PATIENCE.toSeconds(),
                        TimeUnit.SECONDS);
    }

    private static EnrolledAuthority enrol(TestAuthority root, Path state) {
        Sealing sealing = new Sealing(KeyStorage.files(state));
        Identity identity = new Identity(KeyStorage.files(state), sealing);
        Enrolment.Request request = identity.joinRequest("token", "kubernetes");
        identity.accept(
                new Enrolment.Response(
                        "test",
                        "test.local",
                        "localhost",
                        root.signAgent(request.agentRequest(), Duration.ofDays(1)),
                        root.signAuthority(request.workloadAuthorityRequest(), Duration.ofDays(1)),
                        root.trustBundle()),
                null);
        return new EnrolledAuthority(identity, new CellCertificates(identity, Clock.systemUTC()), sealing);
    }

    private CellOperator start(EnrolledAuthority authority) {
        CellOperator started = new CellOperator(
                client,
                new ClusterSettings(
                        "cluster.local",
                        ClusterSettings.KUBE_DNS,
                        List.of("10.96.0.0/16", "10.220.0.0/16"),
                        TestImages.GATEWAY,
                        "localhost",
                        null,
                        null,
                        List.of(),
                        Exposure.NONE,
                        Exposure.NONE,
                        null,
                        gateways,
                        sharing),
                images,
                authority,
                new AskedGateways(client),
                Clock.systemUTC());
        started.start();
        return started;
    }

    public KubernetesClient client() {
        return client;
    }

    /** From the next start of the operator on. */
    public void share(Gates.Kind kind) {
        sharing = kind;
    }

    /** From the next start of the operator on, each cell's gateway has so many pods. */
    public void gateways(int replicas) {
        gateways = replicas;
    }

    public void stopOperator() {
        if (operator != null) {
            operator.close();
        }
    }

    public void startOperator() {
        operator = start(Objects.requireNonNull(authority));
    }

    public Cell.Artifact service(String version) {
        return images.loadService(version);
    }

    /** The same as an archive, for a control plane to hand out. */
    public static byte[] serviceArchive(String version) {
        return TestCells.archiveOf(TestImages.service(version));
    }

    /** Applies a cell, as whoever delivers it would. */
    public void apply(Cell cell) {
        CellResource resource = new CellResource();
        resource.setMetadata(
                new ObjectMetaBuilder().withName(cell.metadata().name()).build());
        resource.setSpec(new CellSpec(cell.spec()));
        client.resource(resource).fieldManager("test").forceConflicts().serverSideApply();
        cells.add(cell.metadata().name());
    }

    /** Applies a cell as it is in a delivery repository: with its version, and by a manager that takes nothing from others. */
    public void applyFromGit(Cell cell) {
        CellResource resource = new CellResource();
        resource.setMetadata(new ObjectMetaBuilder()
                .withName(cell.metadata().name())
                .withAnnotations(Map.of(
                        CellResource.VERSION, Long.toString(cell.metadata().version())))
                .build());
        resource.setSpec(new CellSpec(cell.spec()));
        client.resource(resource).fieldManager("git").serverSideApply();
        cells.add(cell.metadata().name());
    }

    public void delete(String cell) {
        client.resources(CellResource.class).withName(cell).delete();
    }

    /** Waits until what was applied last is ready. */
    public CellResource ready(String cell) {
        return until(cell, "Ready", "True");
    }

    public CellResource until(String cell, String type, String status) {
        return client.resources(CellResource.class)
                .withName(cell)
                .waitUntilCondition(
                        resource -> resource != null
                                && resource.getStatus() != null
                                && resource.getStatus().observedGeneration()
                                        == resource.getMetadata().getGeneration()
                                && resource.getStatus().conditions().stream()
                                        .anyMatch(condition -> holds(condition, type, status)),
                        PATIENCE.toSeconds(),
                        TimeUnit.SECONDS);
    }

    private static boolean holds(Condition condition, String type, String status) {
        return condition.getType().equals(type) && condition.getStatus().equals(status);
    }

    /** A pod outside of every cell, from which calls are made. */
    public String outsider() {
        return outsider(Map.of());
    }

    /** The same, with labels that it has no right to. */
    public String outsider(Map<String, String> labels) {
        String namespace = cluster.namespace();
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName("outsider")
                .withNamespace(namespace)
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(0L)
                .addNewContainer()
                .withName("tools")
                .withImage(TOOLS)
                .withArgs("pause")
                .endContainer()
                .endSpec()
                .build();
        client.resource(pod).create();
        client.resource(pod).waitUntilReady(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return namespace;
    }

    /**
     * Calls from the outsider of a namespace; what is printed, errors included. No policy keeps names from it: on a busy machine
     * they may come late, which says nothing of who lets it in.
     */
    public String from(String namespace, String... command) {
        return await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .until(
                        () -> exec(namespace, "outsider", "tools", command),
                        said -> !(said.contains("lookup ") && said.contains("i/o timeout")));
    }

    /**
     * Calls a URL from the outsider of a namespace until somebody answers: a gateway that has just started may be slow to
     * its first calls on a busy machine.
     */
    public String answer(String namespace, String url) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> from(namespace, "get", url), said -> !said.contains("deadline exceeded"));
    }

    private String exec(String namespace, String pod, String container, String... command) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String[] all = new String[command.length + 1];
        all[0] = "/tools";
        System.arraycopy(command, 0, all, 1, command.length);
        try (var watch = client.pods()
                .inNamespace(namespace)
                .withName(pod)
                .inContainer(container)
                .writingOutput(said)
                .writingError(said)
                .exec(all)) {
            watch.exitCode().get(30, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException(String.join(" ", all) + " in " + namespace + "/" + pod, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    /** Deletes every cell, waits until nothing is left of them and of what they shared, and stops. */
    @Override
    public void close() {
        cells.forEach(this::delete);
        for (String cell : cells) {
            client.namespaces()
                    .withName(Names.namespace(cell))
                    .waitUntilCondition(namespace -> namespace == null, PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        await().atMost(PATIENCE)
                .until(
                        () -> client.namespaces()
                                .withLabel(Labels.GATEWAY_OF)
                                .list()
                                .getItems(),
                        List::isEmpty);
        stopOperator();
    }
}
