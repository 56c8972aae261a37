package dev.cytoplane.launcher.service;

import dev.cytoplane.launcher.platform.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The classes of a program, loaded and linked ahead of time (JEP 483): its start costs about two thirds of the
 * processor time.
 *
 * <p>JDK 25 was seen to use a cache whose jars have changed since, and so to run old classes beside new ones. So the
 * file's name is made from the class path as it is on disk: a program that was built again has another cache, or none.
 *
 * @param file where the cache is, or will be
 */
public record AotCache(Path file) {

    private static final String PREFIX = "service-";
    private static final String SUFFIX = ".aot";

    /** The cache of a service of the platform as it is built now. */
    public static AotCache of(Installation installation, String module) {
        return of(installation.target(module), installation.classPath(module));
    }

    /** The cache that fits a class path, in a folder. */
    static AotCache of(Path folder, List<Path> classPath) {
        MessageDigest digest = sha256();
        classPath.forEach(path -> digest.update(identity(path).getBytes(StandardCharsets.UTF_8)));
        return new AotCache(folder.resolve(PREFIX + HexFormat.of().formatHex(digest.digest(), 0, 8) + SUFFIX));
    }

    private static String identity(Path path) {
        try {
            return path + " " + Files.size(path) + " " + Files.getLastModifiedTime(path) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public boolean exists() {
        return Files.isRegularFile(file);
    }

    /**
     * What makes a JVM use it. The same whether or not it is there: were there a difference, a cache that came meanwhile
     * would make a process that runs look as if it was started in another way, and whoever takes it over would start it
     * again.
     */
    public List<String> flags() {
        return List.of("-XX:AOTCache=" + file, "-Xlog:aot=off", "-Xlog:cds=off");
    }

    /** Caches of earlier builds, which no start asks for any more. */
    public void deleteOthers() throws IOException {
        try (Stream<Path> files = Files.list(file.resolveSibling("."))) {
            for (Path other : files.toList()) {
                String name = other.getFileName().toString();
                if (name.startsWith(PREFIX)
                        && name.endsWith(SUFFIX)
                        && !name.equals(file.getFileName().toString())) {
                    Files.deleteIfExists(other);
                }
            }
        }
    }
}
