package dev.cytoplane.dataplane.kubernetes.image;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What images are built upon in which builds run, the control plane's and that of Jobs: the JDK whole, Maven, Node.js with npm, and a
 * shell, assembled from the programs of this machine. What is not there is left out.
 */
public final class ToolsBase {

    private static final String JAVA = "/opt/java";
    private static final String MAVEN = "/opt/maven";
    private static final String NPM = "/opt/npm";
    private static final String NODE = "/opt/node";
    private static final FilePermissions PROGRAM = FilePermissions.fromOctalString("755");

    private ToolsBase() {}

    /**
     * @param java the JDK
     * @param node the program
     * @param npm the folder of its package, which has all that it needs in it
     * @param maven its folder
     */
    public record Tools(
            Path java,
            @Nullable Path node,
            @Nullable Path npm,
            @Nullable Path maven) {}

    /**
     * @param work a folder for what is made on the way
     * @return the image's digest, {@code sha256:<hex>}
     */
    public static String assemble(Tools tools, Path work, Containerizer to) {
        try {
            ShellLayer.Shell shell = ShellLayer.ofThisMachine();
            List<Path> linked = new ArrayList<>(shell.programs());
            List<FileEntriesLayer> layers = new ArrayList<>(List.of(shell.layer()));
            Path java = tools.java().toRealPath();
            linked.addAll(JavaBase.linked(java));
            layers.add(FolderLayer.ofThisMachine("java", java, Set.of("lib/src.zip", "man"), JAVA));
            if (tools.node() != null) {
                Path node = tools.node().toRealPath();
                linked.add(node);
                layers.add(program("node", node, NODE + "/bin/node"));
            }
            if (tools.npm() != null) {
                layers.addAll(npm(tools.npm().toRealPath()));
            }
            if (tools.maven() != null) {
                layers.add(FolderLayer.ofThisMachine("maven", tools.maven(), Set.of(), MAVEN));
            }
            layers.addFirst(SystemLayer.of(work, java, linked));
            return Builds.run(
                    Jib.fromScratch()
                            .setFileEntriesLayers(layers)
                            .setEnvironment(environment())
                            .setUser(SystemLayer.USER + ":" + SystemLayer.USER),
                    to);
        } catch (IOException e) {
            throw new ImageException("The base with the builds' tools cannot be assembled: " + e.getMessage(), e);
        }
    }

    private static Map<String, String> environment() {
        return new TreeMap<>(Map.of(
                "PATH",
                String.join(":", JAVA + "/bin", NODE + "/bin", NPM + "/bin", MAVEN + "/bin", "/usr/bin", "/bin"),
                "JAVA_HOME",
                JAVA,
                "LANG",
                "C.UTF-8"));
    }

    /** Without links there: in the place of npm's own starter, which looks for it beside Node.js, is what it would start. */
    private static List<FileEntriesLayer> npm(Path npm) {
        return List.of(
                FolderLayer.of("npm", npm, NPM),
                program("npm-program", npm.resolve("bin/npm-cli.js"), NPM + "/bin/npm"),
                program("npx-program", npm.resolve("bin/npx-cli.js"), NPM + "/bin/npx"));
    }

    private static FileEntriesLayer program(String name, Path file, String destination) {
        return FileEntriesLayer.builder()
                .setName(name)
                .addEntry(file, AbsoluteUnixPath.get(destination), PROGRAM)
                .build();
    }
}
