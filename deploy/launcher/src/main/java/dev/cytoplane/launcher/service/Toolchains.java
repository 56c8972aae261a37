package dev.cytoplane.launcher.service;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What this machine has to build components with. */
public record Toolchains(Map<String, String> environment) {

    /** The folder with {@code bin/node} and {@code bin/npm}. */
    public Optional<Path> node() {
        return program("node").filter(node -> program("npm").isPresent()).map(node -> {
            // Debian and others put npm beside the link, not beside the program that it leads to.
            Path folder = home(real(node));
            return Files.isExecutable(folder.resolve("bin/npm")) ? folder : home(node);
        });
    }

    /** The Maven that ./mvnw uses, else one on the PATH. */
    public Optional<Path> maven() {
        String user = environment.get("MAVEN_USER_HOME");
        Path wrapper = (user == null ? Path.of(System.getProperty("user.home"), ".m2") : Path.of(user))
                .resolve("wrapper/dists");
        if (Files.isDirectory(wrapper)) {
            try (Stream<Path> versions = Files.list(wrapper)) {
                Optional<Path> found = versions.map(version -> version.resolve("cytoplane"))
                        .filter(home -> Files.isExecutable(home.resolve("bin/mvn")))
                        .max(java.util.Comparator.naturalOrder());
                if (found.isPresent()) {
                    return found;
                }
            } catch (IOException e) {
                // As if there were none.
            }
        }
        return program("mvn").map(mvn -> home(real(mvn)));
    }

    public Optional<Path> program(String name) {
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(file -> Files.isExecutable(file) && !Files.isDirectory(file))
                .findFirst();
    }

    /** The folder above the {@code bin} that a program is in. */
    private static Path home(Path program) {
        return program.resolve("../..").normalize();
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path;
        }
    }
}
