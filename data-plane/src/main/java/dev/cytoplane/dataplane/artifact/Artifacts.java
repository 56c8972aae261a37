package dev.cytoplane.dataplane.artifact;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.dataplane.storage.StateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Unpacked artifacts by content address. A folder is there only when the archive's digest was right and all of it was
 * unpacked. Thread-safe; the same artifact is fetched once at a time.
 */
public final class Artifacts {

    private static final Pattern DIGEST = Pattern.compile("sha256:([0-9a-f]{64})");
    /** Folders that nothing needs now and a rollback may need soon. */
    private static final int SPARE = 10;

    private final Path folder;
    private final ArtifactSource source;
    private final Clock clock;
    private final Map<String, Object> locks = new ConcurrentHashMap<>();

    public Artifacts(Path state, ArtifactSource source, Clock clock) {
        this.folder = StateFiles.folder(state.resolve("artifacts"));
        this.source = source;
        this.clock = clock;
    }

    /** The artifact's folder, fetched when it is not here. */
    public Path get(Cell.Artifact artifact) throws IOException, InterruptedException {
        String hex = hex(artifact.digest());
        synchronized (locks.computeIfAbsent(hex, key -> new Object())) {
            Optional<Path> present = present(artifact.digest());
            if (present.isPresent()) {
                return present.get();
            }
            Path archive = Files.createTempFile(folder, ".fetch-", ".tar.gz");
            Path unpacked = Files.createTempDirectory(folder, ".unpack-");
            try {
                fetch(artifact, archive);
                Archive.unpack(archive, unpacked);
                return Files.move(unpacked, folder.resolve(hex), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(archive);
                StateFiles.delete(unpacked);
            }
        }
    }

    /** The artifact's folder, if it is here. */
    public Optional<Path> present(String digest) {
        Path unpacked = folder.resolve(hex(digest));
        return Files.isDirectory(unpacked) ? Optional.of(unpacked) : Optional.empty();
    }

    private void fetch(Cell.Artifact artifact, Path archive) throws IOException, InterruptedException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(source.open(artifact.digest()), digest);
                OutputStream out = Files.newOutputStream(archive)) {
            in.transferTo(out);
        }
        String found = "sha256:" + HexFormat.of().formatHex(digest.digest());
        if (!found.equals(artifact.digest())) {
            throw new IOException("The artifact " + artifact.digest() + " arrived as " + found);
        }
    }

    /** Removes what is not needed, but for the ones last touched; and what a crash left half done. */
    public void prune(Collection<String> neededDigests) {
        List<String> needed = neededDigests.stream().map(Artifacts::hex).toList();
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> unneeded = entries.filter(
                            path -> !needed.contains(path.getFileName().toString()))
                    .filter(path -> !path.getFileName().toString().startsWith("."))
                    .sorted(Comparator.comparing(Artifacts::lastTouched).reversed())
                    .toList();
            unneeded.stream().skip(SPARE).forEach(StateFiles::delete);
            for (String hex : needed) {
                Path path = folder.resolve(hex);
                if (Files.exists(path)) {
                    Files.setLastModifiedTime(path, FileTime.from(clock.instant()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes what a crash left half done. For the start, before anything is fetched. */
    public void clean() {
        try (Stream<Path> entries = Files.list(folder)) {
            entries.filter(path -> path.getFileName().toString().startsWith("."))
                    .forEach(StateFiles::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileTime lastTouched(Path path) {
        try {
            return Files.getLastModifiedTime(path);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    private static String hex(String digest) {
        var matcher = DIGEST.matcher(digest);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not a digest: " + digest);
        }
        return matcher.group(1);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
