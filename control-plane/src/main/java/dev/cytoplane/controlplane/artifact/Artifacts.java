package dev.cytoplane.controlplane.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Content-addressed files: {@code <root>/ab/abcdef…}. A file is complete or absent, never half written; storing the
 * same content twice keeps one copy. Thread-safe.
 */
public final class Artifacts {

    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private final Path root;

    public Artifacts(Path root) {
        this.root = root;
    }

    /**
     * Takes a copy of a file.
     *
     * @return its digest, {@code sha256:<hex>}
     */
    public String put(Path file) {
        try {
            Files.createDirectories(root);
            Path copy = Files.createTempFile(root, "incoming", ".part");
            try {
                String digest = copy(file, copy);
                Path target = path(digest);
                Files.createDirectories(target.getParent());
                moveInPlace(copy, target);
                return digest;
            } finally {
                Files.deleteIfExists(copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot store the artifact " + file, e);
        }
    }

    /** Opens an artifact for reading; the caller closes it. Empty when it is not (or no longer) stored. */
    public Optional<InputStream> open(String digest) {
        return find(digest).map(path -> {
            try {
                return Files.newInputStream(path);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read the artifact " + digest, e);
            }
        });
    }

    /** The stored file, which must not be changed. */
    public Optional<Path> find(String digest) {
        return DIGEST.matcher(digest).matches()
                ? Optional.of(path(digest)).filter(Files::isRegularFile)
                : Optional.empty();
    }

    private Path path(String digest) {
        String hex = digest.substring("sha256:".length());
        return root.resolve(hex.substring(0, 2)).resolve(hex);
    }

    private static String copy(Path from, Path to) throws IOException {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(from), sha)) {
                Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
            }
            return "sha256:" + HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }

    private static void moveInPlace(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
