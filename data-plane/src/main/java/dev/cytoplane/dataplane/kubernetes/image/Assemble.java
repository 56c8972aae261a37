package dev.cytoplane.dataplane.kubernetes.image;

import com.google.cloud.tools.jib.api.Containerizer;
import dev.cytoplane.dataplane.storage.StateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Assembles the images that a data plane on Kubernetes needs from the programs of this machine, pushes them, and prints the
 * data plane's settings that name them. For where no registry with ready-made ones can be reached.
 */
public final class Assemble {

    private static final String USAGE = """
            Usage: images REPOSITORY --gateway FOLDER --data-plane FOLDER [--java-home FOLDER] [--node FILE]
                          [--builder FOLDER] [--maven FOLDER] [--npm FOLDER]
                          [--username NAME --password-file FILE] [--ca-file FILE] [--work FOLDER]
              REPOSITORY   host[:port]/path; /java, /node, /cell-gateway, /data-plane and /build are pushed below it
              --gateway    the folder with the packaged gateway: its jar, and its libraries in lib
              --data-plane the same of the data plane
              --java-home  the JDK to take, else the one that runs this
              --node       the program node to take; without it no image for Node.js is made
              --builder    the same of the builder; without it no build image is made, which is needed where builds run
              --maven      the folder of Maven for the build image; without it, it has none
              --npm        the folder of npm's package, the same
              --work       a folder that is kept, to make the next time faster""";

    private static final String KEY = "cytoplane.data-plane.kubernetes.";

    private final Registry registry;
    private final Path work;

    private Assemble(Registry registry, Path work) {
        this.registry = registry;
        this.work = work;
    }

    public static void main(String[] arguments) throws IOException {
        Map<String, String> options = options(arguments);
        String repository = options.get("");
        String gateway = options.get("--gateway");
        String dataPlane = options.get("--data-plane");
        if (repository == null || gateway == null || dataPlane == null) {
            System.err.println(USAGE);
            System.exit(2);
            return;
        }
        String ca = options.get("--ca-file");
        if (ca != null) {
            TrustedAuthority.trust(Path.of(ca));
        }
        String password = options.get("--password-file");
        String kept = options.get("--work");
        Path work = kept == null ? Files.createTempDirectory("cytoplane-images-") : Path.of(kept);
        try {
            Registry registry =
                    new Registry(repository, options.get("--username"), password == null ? null : Path.of(password));
            new Assemble(registry, work)
                    .all(
                            Path.of(gateway),
                            Path.of(dataPlane),
                            Path.of(options.getOrDefault("--java-home", System.getProperty("java.home"))),
                            options.get("--node"));
            if (options.containsKey("--builder")) {
                new Assemble(registry, work).builds(options);
            }
        } catch (ImageException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } finally {
            if (kept == null) {
                StateFiles.delete(work);
            }
        }
    }

    /** Names with their values; what stands alone has the empty name. */
    private static Map<String, String> options(String[] arguments) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].startsWith("--") && i + 1 < arguments.length) {
                options.put(arguments[i], arguments[++i]);
            } else {
                options.put("", arguments[i]);
            }
        }
        return options;
    }

    private void all(Path gateway, Path dataPlane, Path javaHome, @Nullable String node) throws IOException {
        String java = push("java", null, to -> JavaBase.assemble(javaHome, work.resolve("java"), to));
        say("base-images.java", java);
        if (node != null) {
            say(
                    "base-images.node",
                    push("node", null, to -> NodeBase.assemble(Path.of(node), work.resolve("node"), to)));
        }
        say("gateway-image", service("cell-gateway", gateway, java));
        // No setting of its own: what is put into the cluster to run with them.
        System.out.println("# The data plane itself: " + service("data-plane", dataPlane, java));
    }

    private void builds(Map<String, String> options) throws IOException {
        BuildBase.Tools tools = new BuildBase.Tools(
                Path.of(options.getOrDefault("--java-home", System.getProperty("java.home"))),
                path(options.get("--maven")),
                path(options.get("--node")),
                path(options.get("--npm")));
        String base = push("build-base", null, to -> BuildBase.assemble(tools, work.resolve("build"), to));
        System.out.println("cytoplane.data-plane.builds.image="
                + service("builder", "build", Path.of(options.get("--builder")), base));
    }

    private static @Nullable Path path(@Nullable String option) {
        return option == null ? null : Path.of(option);
    }

    private String service(String name, Path folder, String java) throws IOException {
        return service(name, name, folder, java);
    }

    private String service(String name, String repository, Path folder, String java) throws IOException {
        Path code = one(folder, name + "-*.jar");
        List<Path> libraries;
        try (Stream<Path> files = Files.list(folder.resolve("lib"))) {
            libraries = files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
        return push(repository, java, to -> Images.service(registry.from(java), code, libraries, to));
    }

    private static Path one(Path folder, String pattern) throws IOException {
        try (var files = Files.newDirectoryStream(folder, pattern)) {
            for (Path file : files) {
                return file;
            }
        }
        throw new ImageException("There is no " + pattern + " in " + folder + ": package it first", null);
    }

    private String push(String name, @Nullable String base, Function<Containerizer, String> image) {
        String repository = registry.repository() + "/" + name;
        String digest = image.apply(
                registry.push(repository + ":assembled", base, work.resolve("bases"), work.resolve("layers")));
        return repository + "@" + digest;
    }

    private static void say(String key, String image) {
        System.out.println(KEY + key + "=" + image);
    }
}
