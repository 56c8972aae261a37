package dev.cytoplane.builder.node;

import dev.cytoplane.builder.FileTree;
import dev.cytoplane.builder.Workspace;
import dev.cytoplane.contracts.json.ContractJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The {@code node_modules} that {@code npm ci} made for one lock file, kept for the next build: copying it takes a
 * fraction of the time that npm needs to unpack it again. Only one is kept for a component.
 */
final class InstalledPackages {

    private static final String FOLDER = "node_modules";

    private final Path installed;
    private final Path kept;
    private final Path keyFile;
    private final String key;

    InstalledPackages(Workspace workspace, String lockFile) {
        this.installed = workspace.directory().resolve(FOLDER);
        this.kept = workspace.cache().resolve(FOLDER);
        this.keyFile = workspace.cache().resolve(FOLDER + ".key");
        this.key = key(workspace, lockFile);
    }

    private static String key(Workspace workspace, String lockFile) {
        var files = workspace.files();
        String inputs = String.join(
                "\0",
                workspace.toolchain().node().version(),
                workspace.toolchain().npm().version(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                files.text(lockFile).orElse(""),
                files.text(PackageJson.FILE).orElse(""),
                files.text(".npmrc").orElse(""));
        return ContractJson.sha256(inputs.getBytes(StandardCharsets.UTF_8));
    }

    /** Puts the kept packages into the checkout; false when there are none for this lock file. */
    boolean restore() {
        try {
            if (!Files.isDirectory(kept)
                    || !Files.exists(keyFile)
                    || !Files.readString(keyFile).equals(key)) {
                return false;
            }
            FileTree.copy(kept, installed);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot use the packages of the last build", e);
        }
    }

    /** Keeps what was just installed. The key is written last, so that a copy cut short is never used. */
    void keep() {
        try {
            Files.deleteIfExists(keyFile);
            FileTree.delete(kept);
            if (!Files.isDirectory(installed)) {
                return;
            }
            FileTree.copy(installed, kept);
            Path part = Files.writeString(keyFile.resolveSibling(FOLDER + ".key.part"), key);
            Files.move(part, keyFile, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot keep the packages for the next build", e);
        }
    }
}
