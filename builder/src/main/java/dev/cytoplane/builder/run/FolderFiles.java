package dev.cytoplane.builder.run;

import dev.cytoplane.builder.BuildFailure;
import dev.cytoplane.builder.SourceFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of a checkout, as they are in its folder before anything runs there. */
public record FolderFiles(Path folder) implements SourceFiles {

    @Override
    public boolean has(String path) {
        return Files.isRegularFile(folder.resolve(path), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public Optional<String> text(String path) {
        if (!has(path)) {
            return Optional.empty();
        }
        try {
            Path file = folder.resolve(path);
            if (Files.size(file) > READ_LIMIT) {
                throw new BuildFailure("%s is larger than %d KiB.".formatted(path, READ_LIMIT / 1024));
            }
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Collection<String> top() {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
