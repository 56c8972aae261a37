package dev.cytoplane.launcher.platform;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the program's own files are: the root of the checkout, in which each module has its jar and its libraries under
 * {@code target}.
 */
public record Installation(Path root) {

    /** Set by the {@code cyto} script. */
    public static final String PROPERTY = "cytoplane.root";

    private static final String VERSION = "0.1.0-SNAPSHOT";

    public static Installation find() {
        String property = System.getProperty(PROPERTY);
        return new Installation(property != null ? Path.of(property) : fromCode());
    }

    private static Path fromCode() {
        try {
            Path code = Path.of(Installation.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            // deploy/launcher/target/<jar or classes>
            return code.resolve("../../../..").normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The class path of a service: its jar, then its libraries in a fixed order, as an AOT cache needs it. */
    public List<Path> classPath(String module) {
        Path target = target(module);
        Path jar = target.resolve(Path.of(module).getFileName() + "-" + VERSION + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new Failure(
                    ExitCode.FAILED,
                    "The program file " + jar + " is missing.",
                    "Build it: ./mvnw -q package -DskipTests (the script cyto does so by itself).");
        }
        try (Stream<Path> libraries = Files.list(target.resolve("lib"))) {
            return Stream.concat(Stream.of(jar), libraries.sorted()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The libraries of " + module + " cannot be listed", e);
        }
    }

    public Path target(String module) {
        return root.resolve(module).resolve("target");
    }

    /** Keycloak's distribution, unpacked and built for this platform. */
    public Path keycloak() {
        return target("deploy/launcher").resolve("keycloak");
    }

    /** The JDK that runs this program runs the services, too. */
    public static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }
}
