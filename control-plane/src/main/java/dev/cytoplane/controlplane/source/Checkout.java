package dev.cytoplane.controlplane.source;

import dev.cytoplane.builder.archive.LinkTarget;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;

/** The files of a tree: read one by one from the repository, or written out to a folder. */
public final class Checkout {

    private static final int LINK_LIMIT = 4096;
    private static final int ENTRY_LIMIT = 500_000;
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> PROGRAM = PosixFilePermissions.fromString("rwxr-xr-x");

    private final Repository repository;
    private final ObjectId tree;

    public Checkout(Repository repository, ObjectId tree) {
        this.repository = repository;
        this.tree = tree;
    }

    /** The text of a regular file, cut after a number of bytes; empty when there is none. */
    public Optional<String> text(String path, int limit) {
        try (TreeWalk walk = TreeWalk.forPath(repository, path, tree)) {
            if (walk == null || !isFile(walk.getFileMode(0))) {
                return Optional.empty();
            }
            ObjectLoader loader = repository.open(walk.getObjectId(0));
            try (var in = loader.openStream()) {
                return Optional.of(new String(in.readNBytes(limit), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether there is a regular file of this path. */
    public boolean has(String path) {
        try (TreeWalk walk = TreeWalk.forPath(repository, path, tree)) {
            return walk != null && isFile(walk.getFileMode(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is in the top folder. */
    public Collection<String> top() {
        return list().keySet();
    }

    private Map<String, ObjectId> list() {
        Map<String, ObjectId> names = new LinkedHashMap<>();
        try (TreeWalk walk = new TreeWalk(repository)) {
            walk.addTree(tree);
            while (walk.next()) {
                names.put(walk.getNameString(), walk.getObjectId(0));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    /**
     * Writes all files to a folder that exists and is empty. Links that lead out of the tree are refused; submodules
     * are left out. A tree may name itself over and over, and be small in the repository and endless on the disk: hence
     * the limits.
     *
     * @param bytes the most that is written
     * @return the paths of submodules that were left out
     * @throws SourceException when it is more
     */
    public Collection<String> writeTo(Path folder, long bytes) throws InterruptedException {
        Budget budget = new Budget(bytes);
        Map<String, ObjectId> submodules = new LinkedHashMap<>();
        Map<Path, Path> links = new LinkedHashMap<>();
        try (ObjectReader reader = repository.newObjectReader();
                TreeWalk walk = new TreeWalk(repository, reader)) {
            walk.addTree(tree);
            while (walk.next()) {
                Path path = folder.resolve(walk.getPathString()).normalize();
                if (!path.startsWith(folder) || path.equals(folder)) {
                    throw new SourceException("%s is no path for a file.".formatted(walk.getPathString()));
                }
                FileMode mode = walk.getFileMode(0);
                budget.entry();
                if (mode == FileMode.TREE) {
                    Files.createDirectory(path);
                    walk.enterSubtree();
                } else if (mode == FileMode.SYMLINK) {
                    links.put(path, target(folder, path, reader.open(walk.getObjectId(0)), walk.getPathString()));
                } else if (mode == FileMode.GITLINK) {
                    submodules.put(walk.getPathString(), walk.getObjectId(0));
                } else {
                    ObjectLoader loader = reader.open(walk.getObjectId(0));
                    budget.bytes(loader.getSize());
                    write(path, loader, mode);
                }
            }
            // Last, so that nothing is written through a link.
            for (var link : links.entrySet()) {
                Files.createSymbolicLink(link.getKey(), link.getValue());
            }
            return submodules.keySet();
        } catch (IOException e) {
            throw new UncheckedIOException("The source cannot be written to the build's folder", e);
        }
    }

    /** What a checkout may still write. */
    private static final class Budget {

        private long bytes;
        private int entries = ENTRY_LIMIT;

        Budget(long bytes) {
            this.bytes = bytes;
        }

        void entry() throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (--entries < 0) {
                throw new SourceException("The source has more than %d files and folders.".formatted(ENTRY_LIMIT));
            }
        }

        void bytes(long count) {
            bytes -= count;
            if (bytes < 0) {
                throw new SourceException(
                        "The source is larger than a build may write (limit cytoplane.build.disk-limit).");
            }
        }
    }

    private static void write(Path path, ObjectLoader loader, FileMode mode) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
            loader.copyTo(out);
        }
        Files.setPosixFilePermissions(path, mode == FileMode.EXECUTABLE_FILE ? PROGRAM : FILE);
    }

    private static Path target(Path folder, Path link, ObjectLoader loader, String name) throws IOException {
        if (loader.getSize() > LINK_LIMIT) {
            throw new SourceException("The link %s is longer than a path can be.".formatted(name));
        }
        String text = new String(loader.getBytes(), StandardCharsets.UTF_8);
        if (!LinkTarget.staysInside(folder.relativize(link).toString(), text)) {
            throw new SourceException("The link %s leads to %s, outside the source.".formatted(name, text));
        }
        return Path.of(text);
    }

    private static boolean isFile(FileMode mode) {
        return mode == FileMode.REGULAR_FILE || mode == FileMode.EXECUTABLE_FILE;
    }
}
