import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.dataplane.identity.CellCertificate;
import dev.cytoplane.dataplane.kubernetes.desired.Gates;
import dev.cytoplane.dataplane.kubernetes.desired.Given;
import dev.cytoplane.dataplane.kubernetes.image.ImageSource;
import dev.cytoplane.dataplane.kubernetes.image.ReleaseImage;
import dev.cytoplane.dataplane.kubernetes.reconcile.CellAuthority;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The cells of {@link ManyCells}: five services each, and what a data plane gives them. */
final class FiveComponents {

    static final int COUNT = 5;

    private static final String IMAGE = "registry.test/releases:one@sha256:" + "0".repeat(64);

    private FiveComponents() {}

    /** Five services, each offered to the public, the second calling the first. */
    static Cell cell(String project) {
        StringBuilder components = new StringBuilder();
        for (int i = 0; i < COUNT; i++) {
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

    static Given given(Cell cell, String owner) {
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
                Map.of(),
                null,
                Gates.OWN);
    }

    static final class OneImage implements ImageSource {
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
    static final class OwnAuthority implements CellAuthority {

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
