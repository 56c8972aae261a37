package dev.cytoplane.dataplane.kubernetes.image;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The same for Node.js: the program {@code node} and the libraries that it is linked with. Without npm, without a shell. */
public final class NodeBase {

    private static final String BIN = "/usr/local/bin";

    private NodeBase() {}

    /**
     * @param node the program to take
     * @param work a folder for what is made on the way
     * @return the image's digest, {@code sha256:<hex>}
     */
    public static String assemble(Path node, Path work, Containerizer to) {
        try {
            Path program = node.toRealPath();
            FileEntriesLayer own = FileEntriesLayer.builder()
                    .setName("node")
                    .addEntry(program, AbsoluteUnixPath.get(BIN + "/node"), FilePermissions.fromOctalString("755"))
                    .build();
            return Builds.run(
                    SystemLayer.with(work, List.of(program), own, Map.of("PATH", BIN + ":/usr/bin:/bin")), to);
        } catch (IOException e) {
            throw new ImageException("The Node.js base image cannot be assembled: " + e.getMessage(), e);
        }
    }
}
