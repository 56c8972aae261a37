package dev.cytoplane.dataplane.kubernetes.testing;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.dataplane.kubernetes.image.Images;
import dev.cytoplane.dataplane.kubernetes.image.JavaBase;
import dev.cytoplane.dataplane.testing.TestCells;
import dev.cytoplane.testcluster.Cluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The images that cells of a test need, built here and loaded onto the cluster's nodes. */
final class TestImages {

    static final String GATEWAY = "cytoplane.test/cell-gateway:1";
    static final String ARTIFACTS = "cytoplane.test/artifact";

    /** Kept between runs: nothing in it depends on the code under test. */
    private static final Path CACHE = Path.of("target", "images");

    private final Cluster cluster;
    private final Path work;

    TestImages(Cluster cluster, Path work) {
        this.cluster = cluster;
        this.work = work;
    }

    private Path base() {
        Path base = CACHE.resolve("java.tar");
        if (!Files.exists(base)) {
            JavaBase.assemble(
                    Path.of(System.getProperty("java.home")),
                    CACHE.resolve("java-base"),
                    Images.archive(base, "cytoplane.test/java:1", CACHE.resolve("cache")));
        }
        return base;
    }

    void loadGateway() {
        Path module = Path.of("..", "cell-gateway", "target");
        try (Stream<Path> jars = list(module.resolve("lib"))) {
            Path image = work.resolve("cell-gateway.tar");
            List<Path> libraries =
                    jars.filter(jar -> jar.toString().endsWith(".jar")).toList();
            Images.gateway(
                    base(),
                    module.resolve("classes"),
                    libraries,
                    Images.archive(image, GATEWAY, CACHE.resolve("cache")));
            cluster.load(image);
        }
    }

    private static Stream<Path> list(Path folder) {
        try {
            return Files.list(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    folder + " is missing: package the gateway first (./mvnw -pl cell-gateway -am package)", e);
        }
    }

    /** A {@link CallingService} that says this version. */
    Cell.Artifact loadService(String version) {
        try {
            Path artifact = work.resolve("artifact-" + version);
            String packageFolder = CallingService.class.getPackageName().replace('.', '/');
            Path folder = artifact.resolve(packageFolder);
            Files.createDirectories(folder);
            Path classes = TestCells.classes().resolve(packageFolder);
            try (Stream<Path> parts = Files.list(classes)) {
                for (Path part : parts.filter(
                                part -> part.getFileName().toString().startsWith("CallingService"))
                        .toList()) {
                    Files.copy(part, folder.resolve(part.getFileName()));
                }
            }
            Files.writeString(artifact.resolve("version.txt"), version);
            String digest = ContractJson.contentHash(version);
            Path image = work.resolve(version + ".tar");
            Images.component(
                    base(),
                    artifact,
                    Images.archive(image, ARTIFACTS + ":" + digest.replace(':', '-'), CACHE.resolve("cache")));
            cluster.load(image);
            return new Cell.Artifact(digest, Cell.Artifact.Kind.BUNDLE, 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
