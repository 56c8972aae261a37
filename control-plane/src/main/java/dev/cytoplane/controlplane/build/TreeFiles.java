package dev.cytoplane.controlplane.build;

import dev.cytoplane.builder.BuildFailure;
import dev.cytoplane.builder.SourceFiles;
import dev.cytoplane.controlplane.source.Checkout;
import java.util.Collection;
import java.util.Optional;

/** The files of a commit, read from the repository: detection needs no checkout. */
record TreeFiles(Checkout checkout) implements SourceFiles {

    @Override
    public boolean has(String path) {
        return checkout.has(path);
    }

    @Override
    public Optional<String> text(String path) {
        Optional<String> text = checkout.text(path, READ_LIMIT + 1);
        if (text.isPresent() && text.get().length() > READ_LIMIT) {
            throw new BuildFailure("%s is larger than %d KiB.".formatted(path, READ_LIMIT / 1024));
        }
        return text;
    }

    @Override
    public Collection<String> top() {
        return checkout.top();
    }
}
