package dev.cytoplane.controlplane.gitops;

import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.controlplane.PlatformSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.springframework.stereotype.Component;

/**
 * Bare copies of delivery repositories, one for each environment and address. Caches: one that is lost, or has been
 * fetched into so often that it is slow, is made anew.
 */
@Component
class RepositoryCopies {

    private static final int MOST_PACKS = 50;
    /** In one of the 256 folders of single objects. */
    private static final int MOST_OBJECTS = 40;

    private final Path root;

    RepositoryCopies(PlatformSettings platform) {
        this.root = platform.state().resolve("delivery-repositories");
    }

    /** The caller closes it; nobody else has it meanwhile. */
    Repository open(Delivery delivery) {
        Path folder = root.resolve(name(delivery));
        try {
            if (entries(folder.resolve("objects/pack")) > 2 * MOST_PACKS
                    || entries(folder.resolve("objects/17")) > MOST_OBJECTS) {
                delete(folder);
            }
            if (!Files.exists(folder.resolve(Constants.HEAD))) {
                delete(folder);
                Files.createDirectories(folder);
                try (FileRepository repository = new FileRepository(folder.toFile())) {
                    repository.create(true);
                }
            }
            return new FileRepositoryBuilder()
                    .setGitDir(folder.toFile())
                    .setBare()
                    .setMustExist(true)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException("The copy of a delivery repository cannot be opened", e);
        }
    }

    /** What went wrong may be the copy's fault: the next look makes it anew. */
    void discard(Delivery delivery) throws IOException {
        delete(root.resolve(name(delivery)));
    }

    /** Deletes all copies but those of these deliveries. */
    void keepOnly(Collection<Delivery> deliveries) throws IOException {
        List<String> kept = deliveries.stream().map(RepositoryCopies::name).toList();
        if (!Files.isDirectory(root)) {
            return;
        }
        List<Path> folders;
        try (Stream<Path> all = Files.list(root)) {
            folders = all.filter(folder -> !kept.contains(folder.getFileName().toString()))
                    .toList();
        }
        for (Path folder : folders) {
            delete(folder);
        }
    }

    private static String name(Delivery delivery) {
        UUID environment = delivery.environmentId();
        String address = ContractJson.sha256(delivery.url().getBytes(StandardCharsets.UTF_8));
        return environment + "-" + address.substring(address.length() - 12) + ".git";
    }

    private static long entries(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
