package dev.cytoplane.builder.run;

import dev.cytoplane.builder.BuildFailure;
import dev.cytoplane.builder.Builder;
import dev.cytoplane.builder.Product;
import dev.cytoplane.builder.archive.ArtifactArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The part of a build that executes: the same wherever that is. */
public final class Making {

    private static final String ARCHIVE = "artifact.tar.gz";

    private Making() {}

    /** What came of it. */
    public record Made(Product product, Path archive) {}

    /**
     * @param workspace with the checkout in it
     * @param built called when the builder is done and only the packing is left
     * @throws BuildFailure when it cannot be built, or is too large
     */
    public static Made make(Builder builder, BuildWorkspace workspace, Runnable built)
            throws InterruptedException, IOException {
        Product product = builder.build(workspace);
        built.run();
        Path archive = workspace.folder().resolve(ARCHIVE);
        ArtifactArchive.write(product.root(), product.paths(), archive);
        long size = Files.size(archive);
        if (size > workspace.limits().disk()) {
            throw new BuildFailure("The artifact is larger than %d MB (limit cytoplane.build.disk-limit)."
                    .formatted(workspace.limits().disk() >> 20));
        }
        workspace.say("Packed %d KB.".formatted(Math.max(1, size >> 10)));
        return new Made(product, archive);
    }
}
