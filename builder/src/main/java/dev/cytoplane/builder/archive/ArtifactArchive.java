package dev.cytoplane.builder.archive;

import dev.cytoplane.builder.BuildFailure;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * Writes folders as a tar.gz whose bytes depend on names, contents and the executable bit only: entries are sorted, and
 * times, owners and the rest of the modes are fixed. Links must stay inside; sockets and devices are left out.
 */
public final class ArtifactArchive {

    private static final int FILE = 0100644;
    private static final int PROGRAM = 0100755;
    private static final int FOLDER = 040755;
    private static final int LINK = 0120777;

    private ArtifactArchive() {}

    /**
     * @param root the folder that becomes the archive's top
     * @param paths what of it to write, relative to it; everything when empty. {@code .git} never is
     */
    public static void write(Path root, List<String> paths, Path archive) throws IOException {
        TreeMap<String, Path> entries = new TreeMap<>();
        if (paths.isEmpty()) {
            collect(root, root, entries);
        }
        for (String path : paths) {
            Path start = root.resolve(path).normalize();
            if (!start.startsWith(root) || start.equals(root)) {
                throw new BuildFailure(path + " is outside the source.");
            }
            collect(root, start, entries);
            for (Path parent = start.getParent(); parent != null && !parent.equals(root); parent = parent.getParent()) {
                entries.put(name(root, parent), parent);
            }
        }
        GzipParameters gzip = new GzipParameters();
        gzip.setCompressionLevel(Deflater.BEST_SPEED);
        gzip.setOperatingSystem(255);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive), 1 << 16);
                TarArchiveOutputStream tar =
                        new TarArchiveOutputStream(new GzipCompressorOutputStream(out, gzip), "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            for (var entry : entries.entrySet()) {
                write(entry.getKey(), entry.getValue(), tar);
            }
        }
    }

    private static void collect(Path root, Path start, TreeMap<String, Path> entries) throws IOException {
        Files.walkFileTree(start, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                if (folder.endsWith(".git")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                if (!folder.equals(root)) {
                    entries.put(name(root, folder), folder);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!attributes.isOther()) {
                    entries.put(name(root, file), file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static String name(Path root, Path path) {
        return root.relativize(path).toString().replace('\\', '/');
    }

    private static void write(String name, Path path, TarArchiveOutputStream tar) throws IOException {
        TarArchiveEntry entry;
        if (Files.isSymbolicLink(path)) {
            entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
            entry.setLinkName(inside(path, name));
            entry.setMode(LINK);
        } else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            entry = new TarArchiveEntry(name + "/");
            entry.setMode(FOLDER);
        } else {
            entry = new TarArchiveEntry(name);
            entry.setMode(Files.isExecutable(path) ? PROGRAM : FILE);
            entry.setSize(Files.size(path));
        }
        entry.setModTime(0);
        entry.setIds(0, 0);
        entry.setNames("", "");
        tar.putArchiveEntry(entry);
        if (entry.isFile() && !entry.isSymbolicLink()) {
            Files.copy(path, tar);
        }
        tar.closeArchiveEntry();
    }

    private static String inside(Path link, String name) throws IOException {
        Path target = Files.readSymbolicLink(link);
        if (!LinkTarget.staysInside(name, target.toString())) {
            throw new BuildFailure("The link %s leads to %s, outside the component.".formatted(name, target));
        }
        return target.toString().replace('\\', '/');
    }
}
