package dev.cytoplane.endtoend.platform;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Programs that the build does not bring and some tests need: where one is missing these are skipped and say why. In CI nothing
 * is skipped, so that they fail there.
 */
public final class Programs {

    private Programs() {}

    /** Of what the tests deploy, services that are written in JavaScript. */
    public static void needNode() {
        need("Node.js with npm", found("node").isPresent() && found("npm").isPresent());
    }

    public static void need(String what, boolean there) {
        assumeTrue(there || "true".equals(System.getenv("CI")), what + " is not on this machine");
    }

    /** The first of these names that is on the path. */
    public static Optional<Path> found(String... names) {
        String[] folders = Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator, -1);
        return Stream.of(names)
                .flatMap(name -> Arrays.stream(folders).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
