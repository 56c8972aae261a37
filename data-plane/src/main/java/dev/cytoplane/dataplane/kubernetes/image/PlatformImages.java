package dev.cytoplane.dataplane.kubernetes.image;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The images of what a control plane needs beside itself, from what the launcher has of it. */
public final class PlatformImages {

    private static final String POSTGRES = "/opt/postgres";
    private static final String KEYCLOAK = "/opt/keycloak";

    private PlatformImages() {}

    /**
     * PostgreSQL's programs and a shell, with which a script makes a database before the first start.
     *
     * @param programs the unpacked server
     * @param work a folder for what is made on the way
     * @return the image's digest
     */
    public static String postgres(Path programs, Path work, Containerizer to) {
        try {
            ShellLayer.Shell shell = ShellLayer.ofThisMachine();
            Path server = programs.toRealPath();
            List<Path> linked = Stream.concat(shell.programs().stream(), linked(server).stream())
                    .toList();
            return Builds.run(
                    Jib.fromScratch()
                            .setFileEntriesLayers(
                                    SystemLayer.of(work, server, linked),
                                    shell.layer(),
                                    FolderLayer.of("postgres", server, POSTGRES))
                            .setEnvironment(
                                    new TreeMap<>(Map.of("LANG", "C.UTF-8", "PATH", POSTGRES + "/bin:/usr/bin:/bin")))
                            .setUser(SystemLayer.USER + ":" + SystemLayer.USER),
                    to);
        } catch (IOException e) {
            throw new ImageException("The image of PostgreSQL cannot be assembled: " + e.getMessage(), e);
        }
    }

    private static List<Path> linked(Path server) throws IOException {
        try (Stream<Path> files = Files.walk(server)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.startsWith(server.resolve("bin"))
                            || file.getFileName().toString().contains(".so"))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Keycloak, built for PostgreSQL.
     *
     * @param base a Java runtime
     * @return the image's digest
     */
    public static String keycloak(JibContainerBuilder base, Path distribution, Containerizer to) {
        return Builds.run(base.setFileEntriesLayers(FolderLayer.of("keycloak", distribution, KEYCLOAK)), to);
    }
}
