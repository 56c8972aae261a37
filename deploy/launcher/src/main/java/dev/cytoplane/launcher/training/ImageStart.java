package dev.cytoplane.launcher.training;

import dev.cytoplane.launcher.platform.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a service's program starts in its image, where its jars lie in one folder: the class path in an order that is always the same,
 * and the AOT cache that was trained with it. The JVM compares names, sizes and dates of the jars with those of the training.
 *
 * @param module whose
 * @param jars copies that are as they are in the image, in the class path's order
 */
record ImageStart(String module, List<Path> jars) {

    /** Where the image has the jars; what is written here it has beside them, in {@code start}. */
    private static final Path LIBRARIES = Path.of("/app/lib");

    private static final Path START = Path.of("/app/start");

    /** The date that files of an image have. */
    private static final FileTime DATE = FileTime.from(Instant.ofEpochSecond(1));

    private static final String CACHE = "classes.aot";
    private static final String CLASS_PATH = "-cp";

    /** @param work an empty folder */
    static ImageStart of(Installation installation, String module, Path work) throws IOException {
        List<Path> copies = new ArrayList<>();
        for (Path jar : installation.classPath(module)) {
            Path copy = work.resolve(jar.getFileName());
            Files.copy(jar, copy);
            Files.setLastModifiedTime(copy, DATE);
            copies.add(copy);
        }
        copies.sort(Comparator.naturalOrder());
        return new ImageStart(module, List.copyOf(copies));
    }

    /** The same start with these jars, and without a cache of this machine. */
    List<String> command(List<String> command) {
        List<String> changed = new ArrayList<>(command);
        changed.removeIf(argument -> argument.startsWith("-XX:AOTCache") || argument.startsWith("-Xlog:"));
        changed.set(changed.indexOf(CLASS_PATH) + 1, joined(jars));
        return changed;
    }

    /** Where the training leaves the cache. */
    static Path cache(Path folder) {
        return folder.resolve(CACHE);
    }

    /** What {@code java} of the image reads: {@code java @/app/start/options MAIN-CLASS}. */
    void writeOptions(Path folder) throws IOException {
        List<Path> there =
                jars.stream().map(jar -> LIBRARIES.resolve(jar.getFileName())).toList();
        Files.write(
                folder.resolve("options"), List.of("-XX:AOTCache=" + START.resolve(CACHE), CLASS_PATH, joined(there)));
    }

    private static String joined(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(":"));
    }
}
