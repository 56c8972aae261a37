package dev.cytoplane.dataplane.kubernetes.image;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The base of the build image, assembled from this machine: its JDK whole, Maven, Node.js with npm, a shell and the small
 * programs that build scripts take for granted. What is not there is left out.
 */
public final class BuildBase {

    private static final String JAVA = "/opt/java";
    private static final String MAVEN = "/opt/maven";
    private static final String NPM = "/usr/local/lib/node_modules/npm";
    private static final String BIN = "/usr/local/bin";
    private static final FilePermissions PROGRAM = FilePermissions.fromOctalString("755");

    private static final List<String> PROGRAMS = List.of(
            "sh",
            "basename",
            "cat",
            "chmod",
            "cp",
            "cut",
            "date",
            "dirname",
            "echo",
            "env",
            "expr",
            "false",
            "find",
            "grep",
            "gzip",
            "head",
            "id",
            "ln",
            "ls",
            "mkdir",
            "mktemp",
            "mv",
            "pwd",
            "readlink",
            "realpath",
            "rm",
            "rmdir",
            "sed",
            "seq",
            "sleep",
            "sort",
            "tail",
            "tar",
            "tee",
            "test",
            "touch",
            "tr",
            "true",
            "uname",
            "uniq",
            "wc",
            "which",
            "xargs");

    private BuildBase() {}

    /**
     * @param javaHome the JDK
     * @param maven its folder
     * @param node the program
     * @param npm the folder of its package
     */
    public record Tools(
            Path javaHome,
            @Nullable Path maven,
            @Nullable Path node,
            @Nullable Path npm) {}

    /**
     * @param work a folder for what is made on the way
     * @return the image's digest, {@code sha256:<hex>}
     */
    public static String assemble(Tools tools, Path work, Containerizer to) {
        try {
            List<Path> linked = new ArrayList<>();
            List<FileEntriesLayer> layers = new ArrayList<>();
            layers.add(programs(linked));
            Path java = tools.javaHome().toRealPath();
            layers.add(folder("java", java, JAVA, file -> !file.endsWith("src.zip") && !file.startsWith("man")));
            linked.addAll(linkedOf(java));
            if (tools.maven() != null) {
                layers.add(folder("maven", tools.maven().toRealPath(), MAVEN, file -> true));
            }
            if (tools.node() != null) {
                Path node = tools.node().toRealPath();
                linked.add(node);
                layers.add(FileEntriesLayer.builder()
                        .setName("node")
                        .addEntry(node, AbsoluteUnixPath.get(BIN + "/node"), PROGRAM)
                        .build());
            }
            if (tools.npm() != null) {
                layers.addAll(npm(tools.npm().toRealPath()));
            }
            return Builds.run(
                    Jib.fromScratch()
                            .setFileEntriesLayers(all(SystemLayer.of(work, java, linked), layers))
                            .setEnvironment(environment())
                            .setUser(SystemLayer.USER + ":" + SystemLayer.USER),
                    to);
        } catch (IOException e) {
            throw new ImageException("The build image cannot be assembled: " + e.getMessage(), e);
        }
    }

    private static List<FileEntriesLayer> all(FileEntriesLayer system, List<FileEntriesLayer> others) {
        List<FileEntriesLayer> all = new ArrayList<>(List.of(system));
        all.addAll(others);
        return all;
    }

    private static Map<String, String> environment() {
        return new TreeMap<>(Map.of(
                "PATH",
                String.join(":", JAVA + "/bin", MAVEN + "/bin", NPM + "/bin", BIN, "/usr/bin", "/bin"),
                "JAVA_HOME",
                JAVA,
                "LANG",
                "C.UTF-8"));
    }

    private static FileEntriesLayer programs(List<Path> linked) throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("programs");
        for (String name : PROGRAMS) {
            for (String folder : List.of("/usr/bin", "/bin")) {
                Path program = Path.of(folder, name);
                if (Files.isExecutable(program)) {
                    Path real = program.toRealPath();
                    linked.add(real);
                    layer.addEntry(real, AbsoluteUnixPath.get("/bin/" + name), PROGRAM);
                    if (name.equals("env")) {
                        // Scripts name it there.
                        layer.addEntry(real, AbsoluteUnixPath.get("/usr/bin/env"), PROGRAM);
                    }
                    break;
                }
            }
        }
        return layer.build();
    }

    /** Without links there: the program that starts npm is the script itself, under its name. */
    private static List<FileEntriesLayer> npm(Path npm) throws IOException {
        List<String> starters = List.of("bin/npm", "bin/npx");
        FileEntriesLayer rest =
                folder("npm", npm, NPM, file -> starters.stream().noneMatch(file::equals));
        FileEntriesLayer.Builder own = FileEntriesLayer.builder().setName("npm-programs");
        for (String starter : starters) {
            own.addEntry(npm.resolve(starter + "-cli.js"), AbsoluteUnixPath.get(NPM + "/" + starter), PROGRAM);
        }
        return List.of(rest, own.build());
    }

    /** All of a folder of this machine; what links in it lead to is copied, wherever that is. */
    private static FileEntriesLayer folder(String name, Path folder, String destination, Predicate<String> wanted)
            throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
        try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String path = folder.relativize(file).toString();
                if (wanted.test(path)) {
                    layer.addEntry(
                            file.toRealPath(),
                            AbsoluteUnixPath.get(destination + "/" + path),
                            Files.isExecutable(file) ? PROGRAM : FilePermissions.DEFAULT_FILE_PERMISSIONS);
                }
            }
        }
        return layer.build();
    }

    private static List<Path> linkedOf(Path java) throws IOException {
        try (Stream<Path> files = Files.walk(java)) {
            return files.filter(file -> file.toString().endsWith(".so") || file.endsWith("bin/java"))
                    .sorted()
                    .toList();
        }
    }
}
