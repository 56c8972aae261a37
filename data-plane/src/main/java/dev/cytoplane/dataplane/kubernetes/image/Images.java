package dev.cytoplane.dataplane.kubernetes.image;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.FilePermissionsProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The images of a data plane: the cell gateway, and components from their artifacts. */
public final class Images {

    private static final String FOLDER = "/app";

    private Images() {}

    /** Where an image goes: an archive as {@code docker save} writes it. */
    public static Containerizer archive(Path file, String name, Path cache) {
        return Builds.named(() -> Containerizer.to(TarImage.at(file).named(name)))
                .setBaseImageLayersCache(cache)
                .setApplicationLayersCache(cache)
                .setOfflineMode(true);
    }

    /**
     * The cell gateway. Libraries are a layer of their own: they change rarely and are most of it.
     *
     * @param base an archive
     * @param classes the gateway's classes and resources
     * @param libraries jars
     */
    public static void gateway(Path base, Path classes, List<Path> libraries, Containerizer to) {
        FileEntriesLayer.Builder jars = FileEntriesLayer.builder().setName("libraries");
        libraries.stream().sorted().forEach(jar -> {
            try {
                jars.addEntry(jar.toRealPath(), AbsoluteUnixPath.get(FOLDER + "/lib/" + jar.getFileName()));
            } catch (IOException e) {
                throw new ImageException("There is no " + jar, e);
            }
        });
        Builds.run(from(base, jars.build(), files("classes", classes, FOLDER + "/classes")), to);
    }

    /**
     * A component.
     *
     * @param base an archive, for the component's language
     * @param artifact the unpacked artifact
     */
    public static void component(Path base, Path artifact, Containerizer to) {
        Builds.run(from(base, files("artifact", artifact, FOLDER)), to);
    }

    private static JibContainerBuilder from(Path base, FileEntriesLayer... layers) {
        return Builds.named(() -> Jib.from(TarImage.at(base)))
                .setFileEntriesLayers(layers)
                .setWorkingDirectory(AbsoluteUnixPath.get(FOLDER));
    }

    private static FileEntriesLayer files(String name, Path folder, String destination) {
        FilePermissionsProvider permissions =
                (source, unused) -> Files.isDirectory(source) || Files.isExecutable(source)
                        ? FilePermissions.fromOctalString("755")
                        : FilePermissions.DEFAULT_FILE_PERMISSIONS;
        try {
            return FileEntriesLayer.builder()
                    .setName(name)
                    .addEntryRecursive(folder, AbsoluteUnixPath.get(destination), permissions)
                    .build();
        } catch (IOException e) {
            throw new ImageException("The files in " + folder + " cannot be read", e);
        }
    }
}
