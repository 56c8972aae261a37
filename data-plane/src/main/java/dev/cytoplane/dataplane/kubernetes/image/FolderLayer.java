package dev.cytoplane.dataplane.kubernetes.image;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder as a layer: names, contents and whether a file may be executed, and nothing else of it. A layer of Jib's knows no
 * links, so what a link leads to stands in its place; a link that leads nowhere is left out.
 */
final class FolderLayer {

    private static final FilePermissions PROGRAM = FilePermissions.fromOctalString("755");
    private static final int MOST_ENTRIES = 500_000;
    private static final long MOST_BYTES = 4L << 30;

    private final Path root;
    private final boolean closed;
    private final Set<Path> without;
    private final FileEntriesLayer.Builder layer;
    /** The folders that are being walked, each inside the one before: where links go in circles one comes twice. */
    private final Deque<Path> walked = new ArrayDeque<>();

    private int entries;
    private long bytes;

    private FolderLayer(Path root, boolean closed, Set<Path> without, String name) {
        this.root = root;
        this.closed = closed;
        this.without = without;
        this.layer = FileEntriesLayer.builder().setName(name);
    }

    /** @throws ImageException when it cannot be read, is too large, or a link in it leads out of it or in a circle */
    static FileEntriesLayer of(String name, Path folder, String destination) {
        return of(name, folder, true, Set.of(), destination);
    }

    /**
     * A folder of this machine that is trusted: what its links lead to comes along, wherever that is.
     *
     * @param without names in it that are left out
     */
    static FileEntriesLayer ofThisMachine(String name, Path folder, Set<String> without, String destination) {
        return of(name, folder, false, without, destination);
    }

    private static FileEntriesLayer of(
            String name, Path folder, boolean closed, Set<String> without, String destination) {
        try {
            Path root = folder.toRealPath();
            Set<Path> left = without.stream().map(root::resolve).collect(Collectors.toUnmodifiableSet());
            FolderLayer made = new FolderLayer(root, closed, left, name);
            made.folder(root, AbsoluteUnixPath.get(destination));
            return made.layer.build();
        } catch (IOException e) {
            throw new ImageException("The files in " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void folder(Path folder, AbsoluteUnixPath destination) throws IOException {
        if (walked.contains(folder)) {
            throw new ImageException("A link leads to a folder that it is in: " + root.relativize(folder), null);
        }
        walked.push(folder);
        layer.addEntry(folder, destination, PROGRAM);
        for (Path child : children(folder)) {
            if (without.contains(child)) {
                continue;
            }
            if (++entries > MOST_ENTRIES) {
                throw tooLarge();
            }
            add(child, destination.resolve(child.getFileName().toString()));
        }
        walked.pop();
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        }
    }

    private void add(Path child, AbsoluteUnixPath destination) throws IOException {
        Path real;
        try {
            real = child.toRealPath();
        } catch (NoSuchFileException e) {
            return;
        }
        if (closed && !real.startsWith(root)) {
            throw new ImageException("A link leads out of the artifact: " + root.relativize(child), null);
        }
        if (Files.isDirectory(real)) {
            folder(real, destination);
            return;
        }
        bytes += Files.size(real);
        if (bytes > MOST_BYTES) {
            throw tooLarge();
        }
        layer.addEntry(
                real, destination, Files.isExecutable(real) ? PROGRAM : FilePermissions.DEFAULT_FILE_PERMISSIONS);
    }

    private static ImageException tooLarge() {
        return new ImageException("The artifact is too large for an image", null);
    }
}
