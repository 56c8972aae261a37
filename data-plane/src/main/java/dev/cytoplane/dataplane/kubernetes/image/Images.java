package dev.cytoplane.dataplane.kubernetes.image;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import dev.cytoplane.dataplane.site.StaticServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is in the images of a data plane: the platform's own services, and components from their artifacts. */
public final class Images {

    private static final String FOLDER = "/app";
    private static final String SERVER = "/site-server";

    private Images() {}

    /** Where an image goes: an archive as {@code docker save} writes it. */
    public static Containerizer archive(Path file, String name, Path cache) {
        return Builds.named(() -> Containerizer.to(TarImage.at(file).named(name)))
                .setBaseImageLayersCache(cache)
                .setApplicationLayersCache(cache)
                .setOfflineMode(true);
    }

    /** An image that begins with what is in an archive. */
    public static JibContainerBuilder from(Path archive) {
        return Builds.named(() -> Jib.from(TarImage.at(archive)));
    }

    /**
     * A service of the platform: the cell gateway, the data plane. Libraries are a layer of their own: they change rarely and are most of it.
     *
     * @param base a Java runtime
     * @param code its classes and resources: a folder, or a jar
     * @param libraries jars
     * @return the image's digest, {@code sha256:<hex>}
     */
    public static String service(JibContainerBuilder base, Path code, List<Path> libraries, Containerizer to) {
        return service(base, code, libraries, Map.of(), to);
    }

    /**
     * The same with files that it needs besides.
     *
     * @param folders by their names in {@code /app}
     */
    public static String service(
            JibContainerBuilder base, Path code, List<Path> libraries, Map<String, Path> folders, Containerizer to) {
        FileEntriesLayer.Builder jars = FileEntriesLayer.builder().setName("libraries");
        libraries.stream().sorted().forEach(jar -> add(jars, jar));
        FileEntriesLayer.Builder own = FileEntriesLayer.builder().setName("classes");
        FileEntriesLayer classes;
        if (code.toString().endsWith(".jar")) {
            add(own, code);
            classes = own.build();
        } else {
            classes = FolderLayer.of("classes", code, FOLDER + "/classes");
        }
        List<FileEntriesLayer> layers = new ArrayList<>(List.of(jars.build(), classes));
        new TreeMap<>(folders).forEach((name, folder) -> layers.add(FolderLayer.of(name, folder, FOLDER + "/" + name)));
        return Builds.run(base.setFileEntriesLayers(layers).setWorkingDirectory(folder()), to);
    }

    private static void add(FileEntriesLayer.Builder layer, Path jar) {
        try {
            layer.addEntry(jar.toRealPath(), AbsoluteUnixPath.get(FOLDER + "/lib/" + jar.getFileName()));
        } catch (IOException e) {
            throw new ImageException("There is no " + jar, e);
        }
    }

    /**
     * A component that is started by its own command, in the folder of its artifact.
     *
     * @param base for the component's language
     * @param artifact the unpacked artifact
     * @return the image's digest
     */
    public static String component(JibContainerBuilder base, Path artifact, Containerizer to) {
        return Builds.run(
                base.setFileEntriesLayers(FolderLayer.of("artifact", artifact, FOLDER))
                        .setWorkingDirectory(folder()),
                to);
    }

    /**
     * A static site with its server.
     *
     * @param base a Java runtime
     * @param digest the artifact's
     * @return the image's digest
     */
    static String site(JibContainerBuilder base, SiteServer server, Path artifact, String digest, Containerizer to) {
        List<String> command = new ArrayList<>(StaticServer.command("java", SERVER, FOLDER));
        // Its files have no dates of their own.
        command.add(digest);
        return Builds.run(
                base.setFileEntriesLayers(
                                FolderLayer.of("server", server.folder(), SERVER),
                                FolderLayer.of("artifact", artifact, FOLDER))
                        .setEntrypoint(command)
                        .setWorkingDirectory(folder()),
                to);
    }

    private static AbsoluteUnixPath folder() {
        return AbsoluteUnixPath.get(FOLDER);
    }
}
