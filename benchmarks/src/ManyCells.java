import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.dataplane.identity.CellCertificate;
import dev.cytoplane.dataplane.kubernetes.desired.ClusterSettings;
import dev.cytoplane.dataplane.kubernetes.desired.DesiredObjects;
import dev.cytoplane.dataplane.kubernetes.desired.Exposure;
import dev.cytoplane.dataplane.kubernetes.desired.Given;
import dev.cytoplane.dataplane.kubernetes.image.ImageSource;
import dev.cytoplane.dataplane.kubernetes.image.ReleaseImage;
import dev.cytoplane.dataplane.kubernetes.reconcile.CellAuthority;
import dev.cytoplane.dataplane.kubernetes.reconcile.CellOperator;
import dev.cytoplane.dataplane.kubernetes.reconcile.GatewayReports;
import dev.cytoplane.dataplane.kubernetes.resource.CellResource;
import dev.cytoplane.dataplane.kubernetes.resource.CellSpec;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * How long the operator takes from so many new Cells of five components until the cluster has taken everything that they ask
 * for, beside the same objects applied by the same client without an operator. Pods stay pending: nodes are no part of this.
 *
 * <p>Arguments: how many cells, how many rounds, the file with the definition of cells.
 */
final class ManyCells {

    private static final int AT_ONCE = 20;
    private static final int COMPONENTS = 5;
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
            1);
    private static final String IMAGE = "registry.test/releases:one@sha256:" + "0".repeat(64);

    private final KubernetesClient client;
    private final int cells;

    private ManyCells(KubernetesClient client, int cells) {
        this.client = client;
        this.cells = cells;
    }

    public static void main(String[] arguments) throws Exception {
        int cells = Integer.parseInt(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        try (KubernetesClient client = new KubernetesClientBuilder().build()) {
            client.load(Files.newInputStream(Path.of(arguments[2]))).serverSideApply();
            Thread.sleep(2_000);
            ManyCells benchmark = new ManyCells(client, cells);
            System.out.println("| round | plain apply | operator | ratio |");
            System.out.println("| --- | --- | --- | --- |");
            // The first, small one warms both.
            new ManyCells(client, 3).round(0, null);
            for (int round = 1; round <= rounds; round++) {
                benchmark.round(round, round);
            }
            // The cluster goes now, and with it what the client's threads wait for.
            System.out.flush();
            Runtime.getRuntime().halt(0);
        }
    }

    private void round(int number, Integer told) throws Exception {
        // In turns, so that neither always finds the emptier cluster.
        double plain;
        double operator;
        if (number % 2 == 0) {
            operator = operator("o" + number);
            plain = plain("p" + number);
        } else {
            plain = plain("p" + number);
            operator = operator("o" + number);
        }
        if (told != null) {
            System.out.printf(
                    "| %d | %.1f s (%.0f objects/s) | %.1f s (%.1f cells/s) | %.2f |%n",
                    told, plain, objects() / plain, operator, cells / operator, operator / plain);
        }
    }

    private double objects() {
        return (double) cells * DesiredObjects.of(cell("count0"), given(cell("count0"), "0"), SETTINGS).all().size();
    }

    /** What the operator does with a cell, without an operator: the same objects, in the same order, so many cells at once. */
    private double plain(String mark) throws Exception {
        List<List<HasMetadata>> all = IntStream.range(0, cells)
                .mapToObj(number -> cell(mark + "c" + number))
                .map(cell -> DesiredObjects.of(cell, given(cell, "11111111-1111-1111-1111-111111111111"), SETTINGS).all())
                .toList();
        // Nobody owns them: what an owner that is not there has, Kubernetes would remove.
        all.forEach(objects -> objects.forEach(object -> object.getMetadata().setOwnerReferences(List.of())));
        long begun = System.nanoTime();
        inParallel(number -> all.get(number)
                .forEach(object -> client.resource(object).fieldManager("benchmark").forceConflicts().serverSideApply()));
        return seconds(begun);
    }

    private double operator(String mark) throws Exception {
        try (CellOperator operator = new CellOperator(
                client, SETTINGS, new OneImage(), new OwnAuthority(), GatewayReports.NONE, Clock.systemUTC())) {
            operator.start();
            long begun = System.nanoTime();
            inParallel(number -> {
                Cell cell = cell(mark + "c" + number);
                CellResource resource = new CellResource();
                resource.setMetadata(new ObjectMetaBuilder()
                        .withName(cell.metadata().name())
                        .withLabels(Map.of("round", mark))
                        .build());
                resource.setSpec(new CellSpec(cell.spec()));
                client.resource(resource).fieldManager("benchmark").serverSideApply();
            });
            long deadline = begun + PATIENCE.toNanos();
            while (taken(mark) < cells) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("Only " + taken(mark) + " of " + cells + " cells after " + PATIENCE);
                }
                Thread.sleep(200);
            }
            return seconds(begun);
        }
    }

    /** Cells of which the cluster has taken everything. */
    private long taken(String mark) {
        return client.resources(CellResource.class).withLabel("round", mark).list().getItems().stream()
                .filter(cell -> cell.getStatus() != null)
                .filter(cell -> cell.getStatus().conditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Applied")
                                && condition.getStatus().equals("True")))
                .count();
    }

    private void inParallel(IntConsumer work) throws Exception {
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

    /** Five services, each offered to the public, the second calling the first. */
    private static Cell cell(String project) {
        StringBuilder components = new StringBuilder();
        for (int i = 0; i < COMPONENTS; i++) {
            components
                    .append(i == 0 ? "" : ",")
                    .append(
                            """
                            {"name": "c%d", "type": "service", "release": "r-000000000001",
                             "artifact": {"digest": "sha256:%s", "kind": "BUNDLE", "sizeBytes": 1},
                             "command": ["node", "server.js"], "environment": {"A": "1"}, "secrets": [],
                             "endpoints": [{"name": "http", "protocol": "HTTP", "port": 8080, "basePath": "/",
                               "visibility": "public", "path": "/c%d", "callers": []}],
                             "connections": [%s],
                             "probes": {"readiness": {"periodSeconds": 5, "timeoutSeconds": 2, "failureThreshold": 3,
                               "startupSeconds": 60}},
                             "replicas": 1, "gracePeriodSeconds": 10}"""
                                    .formatted(
                                            i,
                                            "0".repeat(64),
                                            i,
                                            i == 1
                                                    ? "{\"name\": \"first\", \"variable\": \"FIRST_URL\", \"sameCell\": {\"component\": \"c0\", \"endpoint\": \"http\"}}"
                                                    : ""));
        }
        String name = project + ".production.acme";
        Cell.Spec spec = ContractJson.MAPPER.readValue(
                """
                {"identity": "spiffe://test.local/acme/production/%s", "host": "%s.localhost", "components": [%s]}"""
                        .formatted(project, name, components),
                Cell.Spec.class);
        return new Cell(
                Cell.API_VERSION,
                Cell.KIND,
                new Cell.Metadata(name, "acme", "production", project, 1, ContractJson.contentHash(spec)),
                spec);
    }

    private static Given given(Cell cell, String owner) {
        Map<String, String> images = new java.util.TreeMap<>();
        cell.spec().components().forEach(component -> images.put(component.name(), IMAGE));
        return new Given(
                new OwnerReferenceBuilder()
                        .withApiVersion(Cell.API_VERSION)
                        .withKind(Cell.KIND)
                        .withName(cell.metadata().name())
                        .withUid(owner)
                        .build(),
                Map.of(),
                Map.of(),
                new OwnAuthority().issue(cell.spec().identity(), cell.spec().host()),
                OwnAuthority.ROOT,
                images,
                null);
    }

    private static final class OneImage implements ImageSource {
        @Override
        public String name(Cell.Component component) {
            return IMAGE.substring(0, IMAGE.indexOf('@'));
        }

        @Override
        public ReleaseImage of(Cell.Component component) {
            return new ReleaseImage.Ready(IMAGE);
        }
    }

    /** Signs as a data plane's does, with one key for all: making keys is no part of this. */
    private static final class OwnAuthority implements CellAuthority {

        private static final KeyPair KEYS = keys();
        static final String ROOT = new OwnAuthority().issue("spiffe://test.local/root", "root").chain();

        @Override
        public CellCertificate issue(String spiffeId, String host) {
            try {
                Instant from = Instant.now().minusSeconds(300);
                Instant until = from.plus(Duration.ofHours(24));
                var certificate = new JcaX509CertificateConverter()
                        .getCertificate(new JcaX509v3CertificateBuilder(
                                        new X500Principal("CN=benchmark"),
                                        BigInteger.valueOf(System.nanoTime()),
                                        Date.from(from),
                                        Date.from(until),
                                        new X500Principal("CN=benchmark"),
                                        KEYS.getPublic())
                                .addExtension(Extension.subjectAlternativeName, true, new GeneralNames(new GeneralName[] {
                                    new GeneralName(GeneralName.uniformResourceIdentifier, spiffeId),
                                    new GeneralName(GeneralName.dNSName, host)
                                }))
                                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(KEYS.getPrivate())));
                return new CellCertificate(
                        pem(certificate), pem(new JcaPKCS8Generator(KEYS.getPrivate(), null)), from, until);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private static String pem(Object object) throws java.io.IOException {
            StringWriter text = new StringWriter();
            try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
                writer.writeObject(object);
            }
            return text.toString();
        }

        private static KeyPair keys() {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(256);
                return generator.generateKeyPair();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String trustBundle() {
            return ROOT;
        }

        @Override
        public String open(String cell, String component, String variable, String ciphertext) {
            throw new UnsupportedOperationException("no cell of this has secrets");
        }
    }
}
