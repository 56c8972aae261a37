package dev.cytoplane.dataplane.artifact;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Unpacks a tar.gz. Nothing in it can be written, or point, outside the folder it is unpacked into. */
final class Archive {

    private static final long MOST_BYTES = 4L << 30;
    private static final int MOST_ENTRIES = 500_000;
    private static final int OWNER_MAY_EXECUTE = 0100;

    private Archive() {}

    static void unpack(Path archive, Path folder) throws IOException {
        try (InputStream file = Files.newInputStream(archive);
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new GZIPInputStream(new BufferedInputStream(file, 1 << 16)))) {
            long bytes = 0;
            int entries = 0;
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                bytes += Math.max(0, entry.getSize());
                if (bytes > MOST_BYTES || ++entries > MOST_ENTRIES) {
                    throw new IOException("The artifact is too large unpacked");
                }
                unpack(entry, tar, folder);
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path folder) throws IOException {
        Path target = inside(folder, folder.resolve(entry.getName()), entry.getName());
        if (target.equals(folder)) {
            return;
        }
        requireRealParents(folder, target, entry.getName());
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Path parent = target.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (entry.isSymbolicLink()) {
            Path link = Path.of(entry.getLinkName());
            if (link.isAbsolute()) {
                throw new IOException("The artifact links outside itself: " + entry.getName());
            }
            inside(folder, target.resolveSibling(link), entry.getName());
            Files.createSymbolicLink(target, link);
        } else if (entry.isLink()) {
            Path linked = inside(folder, folder.resolve(entry.getLinkName()), entry.getName());
            requireRealParents(folder, linked, entry.getName());
            Files.copy(linked, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        } else if (entry.isFile()) {
            Files.copy(content, target, StandardCopyOption.REPLACE_EXISTING);
            if ((entry.getMode() & OWNER_MAY_EXECUTE) != 0 && !target.toFile().setExecutable(true, false)) {
                throw new IOException("The file " + entry.getName() + " cannot be made executable");
            }
        } else {
            throw new IOException(
                    "The artifact holds something that is neither file, folder nor link: " + entry.getName());
        }
    }

    private static Path inside(Path folder, Path path, String name) throws IOException {
        Path normal = path.normalize();
        if (!normal.startsWith(folder)) {
            throw new IOException("The artifact reaches outside itself: " + name);
        }
        return normal;
    }

    /** A link that an earlier entry made must not lead a later one elsewhere. */
    private static void requireRealParents(Path folder, Path target, String name) throws IOException {
        for (Path parent = target.getParent(); parent != null && !parent.equals(folder); parent = parent.getParent()) {
            if (Files.isSymbolicLink(parent)) {
                throw new IOException("The artifact writes through a link: " + name);
            }
        }
    }
}
