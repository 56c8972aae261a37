package dev.cytoplane.dataplane.kubernetes.image;

import com.google.cloud.tools.jib.api.Containerizer;
import dev.cytoplane.dataplane.storage.StateFiles;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A base image for Java, assembled from the JDK and the C library of this machine: for where no registry can be reached. It
 * holds a Java runtime, the libraries that it is linked with, and no shell.
 */
public final class JavaBase {

    private static final String JAVA = "/opt/java";
    /** All of Java SE, and what services and their libraries use of the JDK beyond it. */
    private static final String MODULES = String.join(
            ",",
            "java.se",
            "jdk.crypto.ec",
            "jdk.httpserver",
            "jdk.jfr",
            "jdk.management",
            "jdk.naming.dns",
            "jdk.net",
            "jdk.unsupported",
            "jdk.zipfs");

    private JavaBase() {}

    /**
     * @param javaHome the JDK to take
     * @param work a folder for what is made on the way; may be kept, to make the next image faster
     * @return the image's digest, {@code sha256:<hex>}
     */
    public static String assemble(Path javaHome, Path work, Containerizer to) {
        try {
            Path runtime = work.resolve("java").toAbsolutePath();
            if (!Files.exists(runtime)) {
                make(javaHome, work, runtime);
            }
            return Builds.run(
                    SystemLayer.with(
                            work,
                            linked(runtime),
                            FolderLayer.of("java", runtime, JAVA),
                            Map.of("PATH", JAVA + "/bin:/usr/bin:/bin", "JAVA_HOME", JAVA)),
                    to);
        } catch (IOException e) {
            throw new ImageException("The Java base image cannot be assembled: " + e.getMessage(), e);
        }
    }

    /** Elsewhere first: only a whole one gets its name, also where several begin at the same time or one is ended. */
    private static void make(Path javaHome, Path work, Path runtime) throws IOException {
        Path fresh = Files.createTempDirectory(Files.createDirectories(work), "java-");
        try {
            Path made = fresh.resolve("java");
            link(javaHome, MODULES, made);
            Files.move(made, runtime, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.exists(runtime)) {
                throw e;
            }
        } finally {
            StateFiles.delete(fresh);
        }
    }

    private static void link(Path javaHome, String modules, Path to) throws IOException {
        SystemLayer.run(
                javaHome.resolve("bin/jlink").toString(),
                "--add-modules",
                modules,
                "--strip-debug",
                "--no-header-files",
                "--no-man-pages",
                "--output",
                to.toString());
        // Archives of the JDK's own classes, which jlink leaves out: a start costs less with them.
        String java = to.resolve("bin/java").toString();
        SystemLayer.run(java, "-Xshare:dump");
        SystemLayer.run(java, "-Xshare:dump", "-XX:+UseCompactObjectHeaders");
    }

    static List<Path> linked(Path runtime) throws IOException {
        try (Stream<Path> files = Files.walk(runtime)) {
            return files.filter(file -> file.toString().endsWith(".so") || file.endsWith("bin/java"))
                    .sorted()
                    .toList();
        }
    }
}
