package dev.cytoplane.controlplane.source;

import dev.cytoplane.controlplane.PlatformSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.springframework.stereotype.Component;

/**
 * One bare repository for each component, made when it is first needed, in a folder named by the component's id: a name
 * that is given again to another component never finds the old one's source.
 */
@Component
public class Repositories {

    private final Path root;

    Repositories(PlatformSettings platform) {
        this.root = platform.state().resolve("repositories");
    }

    /** The repository; the caller closes it. */
    public Repository open(ComponentSource source) {
        try {
            Path folder = folder(source.scope().componentId());
            if (!Files.exists(folder.resolve(Constants.HEAD))) {
                create(folder);
            }
            Repository repository = new FileRepositoryBuilder()
                    .setGitDir(folder.toFile())
                    .setBare()
                    .setMustExist(true)
                    .build();
            pointHead(repository, source.ref());
            return repository;
        } catch (IOException e) {
            throw new UncheckedIOException("The repository of a component cannot be opened", e);
        }
    }

    /** Whether anything was ever pushed, uploaded or fetched. */
    public boolean exists(ComponentSource source) {
        return Files.exists(folder(source.scope().componentId()).resolve(Constants.HEAD));
    }

    /** Deletes the repository of a component that is gone. */
    public void delete(UUID componentId) {
        Path folder = folder(componentId);
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The repository of a deleted component cannot be deleted", e);
        }
    }

    Path folder(UUID componentId) {
        return root.resolve(componentId + ".git");
    }

    /** Made beside its place and moved there whole: a crash leaves no half repository. */
    private void create(Path folder) throws IOException {
        Files.createDirectories(root);
        Path fresh = Files.createTempDirectory(root, ".new");
        try (FileRepository repository = new FileRepository(fresh.toFile())) {
            repository.create(true);
            var config = repository.getConfig();
            config.setBoolean(ConfigConstants.CONFIG_RECEIVE_SECTION, null, "fsckobjects", true);
            config.setString(ConfigConstants.CONFIG_CORE_SECTION, null, "logAllRefUpdates", "always");
            config.save();
        }
        try {
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw e;
        } catch (IOException e) {
            // Another request made it at the same time: a folder that is not empty is not replaced.
            if (!Files.exists(folder.resolve(Constants.HEAD))) {
                throw e;
            }
        }
    }

    private static void pointHead(Repository repository, String ref) throws IOException {
        var head = repository.exactRef(Constants.HEAD);
        if (head == null || !head.isSymbolic() || !head.getTarget().getName().equals(ref)) {
            RefUpdate update = repository.updateRef(Constants.HEAD);
            update.disableRefLog();
            update.link(ref);
        }
    }
}
