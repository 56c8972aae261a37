package dev.cytoplane.builder;

import java.util.List;
import java.util.Optional;

/** One way to turn source into an artifact. Implementations hold no state; all of them are asked in their bean order. */
public interface Builder {

    /** Its name in a descriptor ({@code build.builder}), for example {@code node}. */
    String name();

    /** Counts the changes after which the same source gives another product: it is part of a build's input key. */
    int version();

    /** Why this builder fits the source, as half a sentence ("it has a package.json"); empty when it does not fit. Pure. */
    Optional<String> recognises(SourceFiles files);

    /**
     * What has to be installed for it, with versions; part of a build's input key.
     *
     * @throws BuildFailure naming what is missing
     */
    List<Tool> tools(SourceFiles files, Toolchain toolchain);

    /**
     * Builds.
     *
     * @throws BuildFailure when it cannot; the message is what the author of the source reads
     */
    Product build(Workspace workspace) throws InterruptedException;
}
