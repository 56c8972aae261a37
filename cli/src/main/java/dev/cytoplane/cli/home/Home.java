package dev.cytoplane.cli.home;

import dev.cytoplane.cli.Variable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds everything a person's Cytoplane keeps on this machine: {@code --home}, else
 * {@code CYTOPLANE_HOME}, else {@code ~/.cytoplane}. Folders are made with mode 0700, files with 0600.
 */
public record Home(Path root) {

    public static Home of(@Nullable Path option, Map<String, String> environment) {
        String variable = Variable.CYTOPLANE_HOME.in(environment);
        Path chosen = option != null ? option : variable != null ? Path.of(variable) : standard();
        return new Home(chosen.toAbsolutePath().normalize());
    }

    private static Path standard() {
        return Path.of(System.getProperty("user.home"), ".cytoplane");
    }

    public boolean isStandard() {
        return root.equals(standard().toAbsolutePath().normalize());
    }

    public Path file(String name) {
        return root.resolve(name);
    }

    /** A folder below this one, made when it is missing. */
    public Path folder(String name) {
        Path folder = name.isEmpty() ? root : root.resolve(name);
        try {
            createPrivately(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be made", e);
        }
        return folder;
    }

    /** Replaces a file as a whole: a reader, or a crash, meets the old content or the new, never half of it. */
    public static void write(Path file, byte[] content) {
        try {
            Path parent = parent(file);
            createPrivately(parent);
            Path temporary = posix(parent)
                    ? Files.createTempFile(
                            parent,
                            "." + file.getFileName(),
                            ".new",
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                    : Files.createTempFile(parent, "." + file.getFileName(), ".new");
            try {
                Files.write(temporary, content);
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " cannot be written", e);
        }
    }

    private static void createPrivately(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path existing = folder.toAbsolutePath();
        while (!Files.exists(existing)) {
            existing = parent(existing);
        }
        if (posix(existing)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    private static boolean posix(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView("posix");
    }

    private static Path parent(Path path) {
        return Objects.requireNonNull(path.toAbsolutePath().getParent(), "The root folder is not a file");
    }
}
