package dev.cytoplane.launcher.service;

import dev.cytoplane.launcher.platform.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;

/**
 * The classes of a program, loaded and linked ahead of time (JEP 483): its start costs about two thirds of the
 * processor time. Fits one class path as it was when the cache was made; a JVM that cannot use it starts without.
 *
 * @param file where the cache is, or will be
 * @param classPath what it was made from
 */
public record AotCache(Path file, List<Path> classPath) {

    /** The cache of a service of the platform. */
    public static AotCache of(Installation installation, String module) {
        return new AotCache(installation.target(module).resolve("service.aot"), installation.classPath(module));
    }

    /** The cache of {@code cyto} itself, made by the script; the supervisor is the same program. */
    public static AotCache ofLauncher(Installation installation) {
        return new AotCache(
                installation.target("deploy/launcher").resolve("cyto.aot"), installation.classPath("deploy/launcher"));
    }

    /** Newer than everything it was made from. */
    public boolean isFresh() {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        FileTime newest = classPath.stream()
                .map(AotCache::modified)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return modified(file).compareTo(newest) > 0;
    }

    /**
     * What makes a JVM use it. The same whether or not it is there, and the JVM looks by itself whether it fits: were
     * there a difference, a cache that came meanwhile would make a process that runs look as if it was started in another
     * way, and whoever takes it over would start it again.
     */
    public List<String> flags() {
        return List.of("-XX:AOTCache=" + file, "-Xlog:aot=off", "-Xlog:cds=off");
    }

    private static FileTime modified(Path path) {
        try {
            return Files.getLastModifiedTime(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
