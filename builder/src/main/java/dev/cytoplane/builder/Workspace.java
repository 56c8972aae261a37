package dev.cytoplane.builder;

import dev.cytoplane.contracts.descriptor.Descriptor;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Where a build happens: a clean checkout of one commit, and a cache that stays from build to build of a component. */
public interface Workspace {

    /** The files as they are in the commit. */
    SourceFiles files();

    /** The checkout. Nothing outside it and the cache may be written. */
    Path directory();

    /** A folder of this component and this builder; builds of a component never overlap. */
    Path cache();

    /** Whether the cache is there for the next build. */
    default boolean cacheStays() {
        return true;
    }

    /** When the commit was made: the only time that may enter a product. */
    Instant commitTime();

    /** What the author declared; with nothing declared, a descriptor in which every part is null. */
    Descriptor descriptor();

    Toolchain toolchain();

    /** Writes a line to the build's log. */
    void say(String line);

    /**
     * Runs a program in the checkout within the build's limits, its output in the build's log. No shell is involved.
     *
     * @param command program and arguments
     * @param environment variables beside the cleaned ones that every build gets
     * @throws BuildFailure when it does not end with 0, or a limit was passed
     */
    void run(List<String> command, Map<String, String> environment) throws InterruptedException;
}
