package dev.cytoplane.dataplane.kubernetes.testing;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.dataplane.kubernetes.image.ImageSource;
import dev.cytoplane.dataplane.kubernetes.image.Images;
import dev.cytoplane.dataplane.kubernetes.image.JavaBase;
import dev.cytoplane.dataplane.kubernetes.image.ReleaseImage;
import dev.cytoplane.dataplane.testing.TestCells;
import dev.cytoplane.testcluster.Cluster;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The images that cells of a test need, built here and loaded onto the cluster's nodes. */
final class TestImages implements ImageSource {

    static final String GATEWAY = "cytoplane.test/cell-gateway:1";
    static final String DATA_PLANE = "cytoplane.test/data-plane";
    private static final String ARTIFACTS = "cytoplane.test/artifact";

    /** Kept between runs: nothing in it depends on the code under test. */
    private static final Path CACHE = Path.of("target", "images");

    private final Cluster cluster;
    private final Path work;

    TestImages(Cluster cluster, Path work) {
        this.cluster = cluster;
        this.work = work;
    }

    static Path base() {
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
        List<Path> libraries = list(module.resolve("lib")).stream()
                .filter(jar -> jar.toString().endsWith(".jar"))
                .toList();
        Path image = work.resolve("cell-gateway.tar");
        Images.service(
                Images.from(base()),
                module.resolve("classes"),
                libraries,
                Images.archive(image, GATEWAY, CACHE.resolve("cache")));
        cluster.load(image);
    }

    /** Of the classes at hand, since the module is tested before it is packaged. */
    void loadDataPlane() {
        List<Path> jars = new ArrayList<>();
        Path classes = work.resolve("data-plane-classes");
        copy(Path.of("target", "classes"), classes);
        for (String entry : runtimeClassPath().split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (entry.endsWith(".jar")) {
                jars.add(path);
            } else {
                copy(path, classes);
            }
        }
        Path image = work.resolve("data-plane.tar");
        Images.service(
                Images.from(base()), classes, jars, Images.archive(image, DATA_PLANE + ":1", CACHE.resolve("cache")));
        cluster.load(image);
    }

    private static String runtimeClassPath() {
        Path file = Path.of("target", "runtime-class-path");
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is missing: -Pkubernetes makes it", e);
        }
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    folder + " is missing: package the gateway first (./mvnw -pl cell-gateway -am package)", e);
        }
    }

    /** A {@link CallingService} that says this version, as files. */
    static Map<String, byte[]> service(String version) {
        try {
            String packageFolder = CallingService.class.getPackageName().replace('.', '/');
            Map<String, byte[]> files = new TreeMap<>();
            try (Stream<Path> parts = Files.list(TestCells.classes().resolve(packageFolder))) {
                for (Path part : parts.toList()) {
                    String name = part.getFileName().toString();
                    if (name.startsWith("CallingService")) {
                        files.put(packageFolder + "/" + name, Files.readAllBytes(part));
                    }
                }
            }
            files.put("version.txt", version.getBytes(StandardCharsets.UTF_8));
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Cell.Artifact loadService(String version) {
        try {
            Path artifact = work.resolve("artifact-" + version);
            for (Map.Entry<String, byte[]> file : service(version).entrySet()) {
                Path target = artifact.resolve(file.getKey());
                Files.createDirectories(target.getParent());
                Files.write(target, file.getValue());
            }
            // Else the same as one that another test has pulled with a password: then a kubelet asks for that password
            // here, too.
            Files.writeString(artifact.resolve("loaded.txt"), version);
            String digest = ContractJson.contentHash(version);
            Path image = work.resolve(version + ".tar");
            Images.component(
                    Images.from(base()),
                    artifact,
                    Images.archive(image, ARTIFACTS + ":" + digest.replace(':', '-'), CACHE.resolve("cache")));
            cluster.load(image);
            return new Cell.Artifact(digest, Cell.Artifact.Kind.BUNDLE, 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name(Cell.Component component) {
        return ARTIFACTS + ":" + component.artifact().digest().replace(':', '-');
    }

    /** By its name: an archive that is loaded has no digest in a registry. */
    @Override
    public ReleaseImage of(Cell.Component component) {
        return new ReleaseImage.Ready(name(component));
    }
}
