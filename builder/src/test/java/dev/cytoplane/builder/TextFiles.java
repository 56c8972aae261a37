package dev.cytoplane.builder;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Source files that are only told. */
public record TextFiles(Map<String, String> texts) implements SourceFiles {

    @Override
    public boolean has(String path) {
        return texts.containsKey(path);
    }

    @Override
    public Optional<String> text(String path) {
        return Optional.ofNullable(texts.get(path));
    }

    @Override
    public Collection<String> top() {
        return texts.keySet().stream()
                .map(path -> path.split("/")[0])
                .distinct()
                .toList();
    }
}
