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

/** Unpacks a tar.gz. Nothing in it can be written, or point, outside the folder it is unpacked into. For one archive. */
final class Archive {

    private static final int OWNER_MAY_EXECUTE = 0100;

    /** What an archive may become: a small one can hold a large one. */
    record Limits(long bytes, int entries) {
        static final Limits USUAL = new Limits(4L << 30, 500_000);
    }

    private final Path folder;
    private final Limits limits;
    private long bytes;
    private int entries;

    private Archive(Path folder, Limits limits) {
        this.folder = folder;
        this.limits = limits;
    }

    static void unpack(Path archive, Path folder) throws IOException {
        unpack(archive, folder, Limits.USUAL);
    }

    /** @throws IOException when it is no archive, reaches outside itself, or is too large */
    static void unpack(Path archive, Path folder, Limits limits) throws IOException {
        try (InputStream file = Files.newInputStream(archive);
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new GZIPInputStream(new BufferedInputStream(file, 1 << 16)))) {
            Archive target = new Archive(folder, limits);
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                target.unpack(entry, tar);
            }
        }
    }

    private void unpack(TarArchiveEntry entry, InputStream content) throws IOException {
        if (++entries > limits.entries()) {
            throw tooLarge();
        }
        // A sparse file is stored small.
        count(Math.max(entry.getSize(), entry.getRealSize()));
        Path target = inside(folder.resolve(entry.getName()), entry.getName());
        if (target.equals(folder)) {
            return;
        }
        requireRealParents(target, entry.getName());
        if (entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO()) {
            throw new IOException(
                    "The artifact holds something that is neither file, folder nor link: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Path parent = target.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (entry.isSymbolicLink()) {
            link(entry, target);
        } else if (entry.isLink()) {
            Path linked = inside(folder.resolve(entry.getLinkName()), entry.getName());
            requireRealParents(linked, entry.getName());
            count(Files.size(linked));
            Files.copy(linked, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        } else {
            Files.copy(content, target, StandardCopyOption.REPLACE_EXISTING);
            if ((entry.getMode() & OWNER_MAY_EXECUTE) != 0 && !target.toFile().setExecutable(true, false)) {
                throw new IOException("The file " + entry.getName() + " cannot be made executable");
            }
        }
    }

    private void link(TarArchiveEntry entry, Path target) throws IOException {
        Path given = Path.of(entry.getLinkName());
        if (given.isAbsolute()) {
            throw new IOException("The artifact links outside itself: " + entry.getName());
        }
        inside(target.resolveSibling(given), entry.getName());
        // As it was checked: behind a link of the archive's own, a ".." would lead elsewhere than its text says.
        Path normal = given.normalize();
        Files.createSymbolicLink(target, normal.toString().isEmpty() ? Path.of(".") : normal);
    }

    private void count(long more) throws IOException {
        bytes += Math.max(0, more);
        if (bytes > limits.bytes()) {
            throw tooLarge();
        }
    }

    private static IOException tooLarge() {
        return new IOException("The artifact is too large unpacked");
    }

    private Path inside(Path path, String name) throws IOException {
        Path normal = path.normalize();
        if (!normal.startsWith(folder)) {
            throw new IOException("The artifact reaches outside itself: " + name);
        }
        return normal;
    }

    /** A link that an earlier entry made must not lead a later one elsewhere. */
    private void requireRealParents(Path target, String name) throws IOException {
        for (Path parent = target.getParent(); parent != null && !parent.equals(folder); parent = parent.getParent()) {
            if (Files.isSymbolicLink(parent)) {
                throw new IOException("The artifact writes through a link: " + name);
            }
        }
    }
}
