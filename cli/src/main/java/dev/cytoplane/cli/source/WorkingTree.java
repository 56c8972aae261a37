package dev.cytoplane.cli.source;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * The files of a folder as Git would take them: tracked or not, but not ignored. Git itself is asked, also where the
 * folder is no repository, so that the rules of {@code .gitignore} are exactly Git's.
 */
public final class WorkingTree {

    private final Path folder;

    public WorkingTree(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        if (!Files.isDirectory(this.folder)) {
            throw new Failure(ExitCode.USAGE, "There is no folder " + folder + ".");
        }
    }

    /** Paths relative to the folder, sorted, without what Git keeps for itself. */
    public List<String> files() {
        List<String> list = List.of("ls-files", "-z", "--cached", "--others", "--exclude-standard");
        Git git = new Git(folder);
        List<String> files = git.isRepository() ? git.paths(list) : withTemporaryRepository(list);
        return files.stream()
                .filter(file -> Files.exists(folder.resolve(file), LinkOption.NOFOLLOW_LINKS))
                .filter(file -> !Files.isDirectory(folder.resolve(file), LinkOption.NOFOLLOW_LINKS))
                .sorted()
                .distinct()
                .toList();
    }

    private List<String> withTemporaryRepository(List<String> list) {
        try {
            Path repository = Files.createTempDirectory("cyto-git");
            try {
                new Git(repository).run("init", "--quiet", "--bare", ".");
                List<String> command = new ArrayList<>(
                        List.of("--git-dir=" + repository, "--work-tree=" + folder, "-c", "core.bare=false"));
                command.addAll(list);
                return new Git(folder).paths(command);
            } finally {
                delete(repository);
            }
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, "The folder " + folder + " could not be read.", null, e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** A gzipped tar of the files. Times and owners are left out: equal trees give equal archives. */
    public void pack(List<String> files, Path archive) {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive));
                TarArchiveOutputStream tar =
                        new TarArchiveOutputStream(new GZIPOutputStream(out), StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            for (String name : files) {
                add(tar, name);
            }
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILED, "The folder " + folder + " could not be packed: " + e.getMessage(), null, e);
        }
    }

    private void add(TarArchiveOutputStream tar, String name) throws IOException {
        Path file = folder.resolve(name);
        if (Files.isSymbolicLink(file)) {
            TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
            entry.setLinkName(Files.readSymbolicLink(file).toString());
            entry.setModTime(0);
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
            return;
        }
        if (!Files.isRegularFile(file)) {
            return;
        }
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(Files.size(file));
        entry.setMode(Files.isExecutable(file) ? 0755 : 0644);
        entry.setModTime(0);
        entry.setIds(0, 0);
        tar.putArchiveEntry(entry);
        Files.copy(file, tar);
        tar.closeArchiveEntry();
    }
}
