package dev.cytoplane.dataplane;

import dev.cytoplane.dataplane.status.StatusSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Nothing to say until there is somebody who knows. */
final class LateStatuses implements StatusSource {

    private volatile Consumer<String> listener = cell -> {};
    private volatile @Nullable StatusSource source;

    void become(StatusSource known) {
        known.onChange(cell -> listener.accept(cell));
        source = known;
        known.cells().forEach(listener);
    }

    @Override
    public void onChange(Consumer<String> callback) {
        this.listener = callback;
    }

    @Override
    public Set<String> cells() {
        StatusSource known = source;
        return known == null ? Set.of() : known.cells();
    }

    @Override
    public Optional<Report> of(String cell) {
        StatusSource known = source;
        return known == null ? Optional.empty() : known.of(cell);
    }
}
