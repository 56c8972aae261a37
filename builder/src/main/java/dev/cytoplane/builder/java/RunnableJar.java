package dev.cytoplane.builder.java;

import dev.cytoplane.builder.BuildFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The jar that a Maven build leaves to be run.
 *
 * @param root the checkout
 * @param path relative to it
 * @param mainClass what its manifest names
 */
record RunnableJar(Path root, String path, @Nullable String mainClass) {

    private static final Pattern NOT_A_PROGRAM =
            Pattern.compile("(original-.*|.*-(sources|javadoc|tests|test-sources|plain))\\.jar");

    /** Folders beside the jar in which build plugins leave the libraries it needs. */
    private static final List<String> LIBRARIES = List.of("lib", "libs", "dependency", "quarkus-app");

    /** The only jar with a main class, in the build's folder of the root or else of a module. */
    static RunnableJar find(Path root) {
        List<RunnableJar> programs =
                jars(root).stream().filter(jar -> jar.mainClass() != null).toList();
        if (programs.size() == 1) {
            return programs.getFirst();
        }
        if (programs.isEmpty()) {
            List<String> found = jars(root).stream().map(RunnableJar::path).toList();
            throw new BuildFailure(
                    found.isEmpty()
                            ? "Maven's build left no jar in a target folder."
                            : "Maven's build left %s, and no manifest there names a main class. Let the build make a runnable jar, or name the program under run.command in cytoplane.yaml."
                                    .formatted(String.join(", ", found)));
        }
        throw severalOf(programs);
    }

    /** The jar that a declared command is taken to be about. */
    static RunnableJar findAny(Path root) {
        List<RunnableJar> all = jars(root);
        List<RunnableJar> programs =
                all.stream().filter(jar -> jar.mainClass() != null).toList();
        if (programs.size() == 1) {
            return programs.getFirst();
        }
        if (all.size() == 1) {
            return all.getFirst();
        }
        throw all.isEmpty() ? new BuildFailure("Maven's build left no jar in a target folder.") : severalOf(all);
    }

    static RunnableJar at(Path root, String path) {
        Path file = root.resolve(path).normalize();
        if (!file.startsWith(root) || !Files.isRegularFile(file)) {
            throw new BuildFailure("build.output names %s, and the build left no such file.".formatted(path));
        }
        return read(root, file);
    }

    /** Program and arguments, to be started in the checkout's folder. */
    List<String> command() {
        if (mainClass == null) {
            throw new BuildFailure("The manifest of %s names no main class.".formatted(path));
        }
        for (String folder : LIBRARIES) {
            if (Files.isDirectory(root.resolve(beside(folder))) && !namesLibraries()) {
                return List.of("java", "-cp", path + ":" + beside(folder) + "/*", mainClass);
            }
        }
        return List.of("java", "-jar", path);
    }

    /** What of the checkout belongs to the program: the jar and its libraries. */
    List<String> companions() {
        List<String> companions = new ArrayList<>();
        companions.add(path);
        LIBRARIES.stream()
                .map(this::beside)
                .filter(folder -> Files.isDirectory(root.resolve(folder)))
                .forEach(companions::add);
        return companions;
    }

    private String beside(String name) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? name : path.substring(0, slash + 1) + name;
    }

    private boolean namesLibraries() {
        try (JarFile jar = new JarFile(root.resolve(path).toFile())) {
            Manifest manifest = jar.getManifest();
            return manifest != null && manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH) != null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<RunnableJar> jars(Path root) {
        List<RunnableJar> atRoot = jarsIn(root, root.resolve("target"));
        if (!atRoot.isEmpty()) {
            return atRoot;
        }
        try (Stream<Path> modules = Files.walk(root, 3)) {
            return modules.filter(folder -> folder.endsWith("target") && Files.isDirectory(folder))
                    .filter(folder -> Files.isRegularFile(folder.resolveSibling("pom.xml")))
                    .sorted()
                    .flatMap(folder -> jarsIn(root, folder).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<RunnableJar> jarsIn(Path root, Path target) {
        if (!Files.isDirectory(target)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .filter(file -> !NOT_A_PROGRAM
                            .matcher(file.getFileName().toString())
                            .matches())
                    .filter(Files::isRegularFile)
                    .sorted()
                    .map(file -> read(root, file))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RunnableJar read(Path root, Path file) {
        try (JarFile jar = new JarFile(file.toFile())) {
            Manifest manifest = jar.getManifest();
            String main = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
            return new RunnableJar(root, root.relativize(file).toString().replace('\\', '/'), main);
        } catch (IOException e) {
            throw new BuildFailure("%s is not a jar that can be read.".formatted(root.relativize(file)), e);
        }
    }

    private static BuildFailure severalOf(List<RunnableJar> jars) {
        return new BuildFailure(
                "Maven's build left several programs (%s). Name the one to run under build.output in cytoplane.yaml."
                        .formatted(String.join(
                                ", ", jars.stream().map(RunnableJar::path).toList())));
    }
}
