package dev.cytoplane.builder;

import java.util.Collection;
import java.util.Optional;

/** The files of a commit, as far as detection looks at them. Paths are relative, with slashes. */
public interface SourceFiles {

    /** The largest file that detection reads, in bytes. */
    int READ_LIMIT = 1024 * 1024;

    /** Whether there is a regular file of this path. */
    boolean has(String path);

    /**
     * The text of a file; empty when there is none.
     *
     * @throws BuildFailure when it is larger than {@link #READ_LIMIT}
     */
    Optional<String> text(String path);

    /** Names of the files and folders of the top folder. */
    Collection<String> top();
}
