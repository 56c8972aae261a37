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
 * Assembles the images that a data plane on Kubernetes needs, and those of a control plane if it is told to, from the programs
 * of this machine, pushes them, and prints the data plane's settings that name them. For where no registry with ready-made ones can be reached.
 */
public final class Assemble {

    private static final String USAGE = """
            Usage: images REPOSITORY --gateway FOLDER --data-plane FOLDER [--java-home FOLDER] [--node FILE]
                          [--control-plane FOLDER --start FOLDER] [--site FOLDER]
                          [--builder FOLDER] [--npm FOLDER] [--maven FOLDER] [--postgres FOLDER] [--keycloak FOLDER]
                          [--username NAME --password-file FILE] [--ca-file FILE] [--work FOLDER]
              REPOSITORY   host[:port]/path; /java, /node, /cell-gateway and /data-plane are pushed below it, and what is
                           asked for besides
              --gateway    the folder with the packaged gateway: its jar, and its libraries in lib
              --data-plane the same of the data plane
              --java-home  the JDK to take, else the one that runs this
              --node       the program node to take; without it no image for Node.js is made
              --control-plane  the same of the control plane: /control-plane is pushed as well; --start is what the launcher's
                           training left for it, --site the built console
              --builder    the same of the builder: /build is pushed as well, which is needed where builds run
              --npm, --maven  the folders of npm's package and of Maven, for these two; both have what is given, and the JDK
              --postgres   the folder with PostgreSQL's programs
              --keycloak   the folder with Keycloak, built for PostgreSQL
              --work       a folder that is kept, to make the next time faster""";

    private static final String KEY = "cytoplane.data-plane.kubernetes.";

    private final Registry registry;
    private final Path work;

    private final Map<String, String> options;

    private Assemble(Registry registry, Path work, Map<String, String> options) {
        this.registry = registry;
        this.work = work;
        this.options = options;
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
            new Assemble(registry, work, options).all(Path.of(gateway), Path.of(dataPlane));
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

    private void all(Path gateway, Path dataPlane) throws IOException {
        Path javaHome = Path.of(options.getOrDefault("--java-home", System.getProperty("java.home")));
        String java = push("java", null, to -> JavaBase.assemble(javaHome, work.resolve("java"), to));
        say("base-images.java", java);
        Path node = folder("--node");
        if (node != null) {
            say("base-images.node", push("node", null, to -> NodeBase.assemble(node, work.resolve("node"), to)));
        }
        say("gateway-image", service("cell-gateway", gateway, java, Map.of()));
        // No settings of its own: what is put into the cluster to run with them.
        note("The data plane itself", service("data-plane", dataPlane, java, Map.of()));
        Path controlPlane = folder("--control-plane");
        Path builder = folder("--builder");
        if (controlPlane != null || builder != null) {
            ToolsBase.Tools tools = new ToolsBase.Tools(javaHome, node, folder("--npm"), folder("--maven"));
            String base = push("tools", null, to -> ToolsBase.assemble(tools, work.resolve("tools"), to));
            if (controlPlane != null) {
                note("The control plane", service("control-plane", controlPlane, base, folders("start", "site")));
            }
            if (builder != null) {
                String image = service("builder", "build", builder, base, Map.of());
                System.out.println("cytoplane.data-plane.builds.image=" + image);
            }
        }
        Path postgres = folder("--postgres");
        if (postgres != null) {
            note(
                    "PostgreSQL",
                    push("postgres", null, to -> PlatformImages.postgres(postgres, work.resolve("postgres"), to)));
        }
        Path keycloak = folder("--keycloak");
        if (keycloak != null) {
            note("Keycloak", push("keycloak", java, to -> PlatformImages.keycloak(registry.from(java), keycloak, to)));
        }
    }

    private @Nullable Path folder(String option) {
        String value = options.get(option);
        return value == null ? null : Path.of(value);
    }

    private Map<String, Path> folders(String... names) {
        Map<String, Path> folders = new HashMap<>();
        for (String name : names) {
            Path folder = folder("--" + name);
            if (folder != null) {
                folders.put(name, folder);
            }
        }
        return folders;
    }

    private String service(String name, Path folder, String base, Map<String, Path> more) throws IOException {
        return service(name, name, folder, base, more);
    }

    private String service(String name, String repository, Path folder, String base, Map<String, Path> more)
            throws IOException {
        Path code = one(folder, name + "-*.jar");
        List<Path> libraries;
        try (Stream<Path> files = Files.list(folder.resolve("lib"))) {
            libraries = files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
        return push(repository, base, to -> Images.service(registry.from(base), code, libraries, more, to));
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

    private static void note(String what, String image) {
        System.out.println("# " + what + ": " + image);
    }

    private static void say(String key, String image) {
        System.out.println(KEY + key + "=" + image);
    }
}
