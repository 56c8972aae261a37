package dev.cytoplane.dataplane.kubernetes.image;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the control plane's image is built upon, since it runs builds itself: a JDK, Node.js with npm, Maven and a shell, assembled
 * from the programs of this machine.
 */
public final class ControlPlaneBase {

    static final String JDK = "/opt/jdk";
    static final String NODE = "/opt/node";
    static final String MAVEN = "/opt/maven";

    private static final FilePermissions PROGRAM = FilePermissions.fromOctalString("755");

    /**
     * @param java the JDK to take
     * @param node the program node; null for none
     * @param npm the folder of npm's package
     * @param maven the folder of Maven; null for none
     */
    public record Tools(
            Path java,
            @Nullable Path node,
            @Nullable Path npm,
            @Nullable Path maven) {}

    private ControlPlaneBase() {}

    /**
     * @param work a folder for what is made on the way; may be kept, to make the next image faster
     * @return the image's digest, {@code sha256:<hex>}
     */
    public static String assemble(Tools tools, Path work, Containerizer to) {
        try {
            ShellLayer.Shell shell = ShellLayer.ofThisMachine();
            Path jdk = jdk(tools.java(), work);
            List<Path> linked = new ArrayList<>(shell.programs());
            linked.addAll(JavaBase.linked(jdk));
            List<FileEntriesLayer> layers = new ArrayList<>();
            layers.add(shell.layer());
            layers.add(FolderLayer.of("jdk", jdk, JDK));
            if (tools.node() != null && tools.npm() != null) {
                Path program = tools.node().toRealPath();
                linked.add(program);
                layers.add(FileEntriesLayer.builder()
                        .setName("node")
                        .addEntry(program, AbsoluteUnixPath.get(NODE + "/bin/node"), PROGRAM)
                        .build());
                layers.add(FolderLayer.of("npm", npm(tools.npm(), work), NODE));
            }
            if (tools.maven() != null) {
                layers.add(FolderLayer.of("maven", tools.maven(), MAVEN));
            }
            layers.addFirst(SystemLayer.of(work, work, linked));
            return Builds.run(
                    Jib.fromScratch()
                            .setFileEntriesLayers(layers)
                            .setEnvironment(environment())
                            .setUser(SystemLayer.USER + ":" + SystemLayer.USER),
                    to);
        } catch (IOException e) {
            throw new ImageException("The base of the control plane's image cannot be assembled: " + e.getMessage(), e);
        }
    }

    private static Map<String, String> environment() {
        return new TreeMap<>(Map.of(
                "PATH",
                JDK + "/bin:" + NODE + "/bin:" + MAVEN + "/bin:/usr/bin:/bin",
                "JAVA_HOME",
                JDK,
                "LANG",
                "C.UTF-8"));
    }

    /** With the compiler; without what makes runtimes, which a JDK that has no jmods cannot link. */
    private static Path jdk(Path javaHome, Path work) throws IOException {
        Path jdk = work.resolve("jdk").toAbsolutePath();
        if (!Files.exists(jdk)) {
            Files.createDirectories(work);
            String modules = SystemLayer.run(javaHome.resolve("bin/java").toString(), "--list-modules")
                    .lines()
                    .map(line -> line.replaceFirst("@.*", "").strip())
                    .filter(module -> !module.equals("jdk.jlink") && !module.equals("jdk.jpackage"))
                    .collect(Collectors.joining(","));
            JavaBase.link(javaHome, modules, jdk);
        }
        return jdk;
    }

    /** npm's package with programs that need no links: an image's layers have none. */
    private static Path npm(Path npm, Path work) throws IOException {
        Path copy = work.resolve("npm").toAbsolutePath();
        if (!Files.exists(copy)) {
            Path real = npm.toRealPath();
            try (Stream<Path> files = Files.walk(real)) {
                for (Path file : files.toList()) {
                    Path target = copy.resolve(real.relativize(file).toString());
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(target);
                    } else {
                        Files.copy(file, target);
                    }
                }
            }
            for (String name : List.of("npm", "npx")) {
                Path program = copy.resolve("bin").resolve(name);
                Files.writeString(
                        program, "#!/bin/sh\nexec \"${0%%/*}/node\" \"${0%%/*}/%s-cli.js\" \"$@\"\n".formatted(name));
                program.toFile().setExecutable(true, false);
            }
        }
        return copy;
    }
}
