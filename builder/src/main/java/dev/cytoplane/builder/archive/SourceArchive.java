package dev.cytoplane.builder.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Makes a checkout again of what {@link ArtifactArchive} wrote of one: the same names, contents, modes and links. */
public final class SourceArchive {

    private static final int MAY_EXECUTE = 0100;
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> PROGRAM = PosixFilePermissions.fromString("rwxr-xr-x");

    private SourceArchive() {}

    /**
     * @param folder exists and is empty
     * @throws IOException when it is no such archive
     */
    public static void unpack(Path archive, Path folder) throws IOException {
        Map<Path, Path> links = new LinkedHashMap<>();
        try (InputStream file = Files.newInputStream(archive);
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new GZIPInputStream(new BufferedInputStream(file, 1 << 16)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder) || target.equals(folder)) {
                    throw new IOException("The source reaches outside itself: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else if (entry.isSymbolicLink()) {
                    if (!LinkTarget.staysInside(folder.relativize(target).toString(), entry.getLinkName())) {
                        throw new IOException("The source links outside itself: " + entry.getName());
                    }
                    links.put(target, Path.of(entry.getLinkName()));
                } else if (entry.isFile()) {
                    Files.copy(tar, target);
                    Files.setPosixFilePermissions(target, (entry.getMode() & MAY_EXECUTE) != 0 ? PROGRAM : FILE);
                } else {
                    throw new IOException("The source holds neither file, folder nor link: " + entry.getName());
                }
            }
        }
        // Last, so that nothing is written through a link.
        for (var link : links.entrySet()) {
            Files.createSymbolicLink(link.getKey(), link.getValue());
        }
    }
}
