package dev.cytoplane.controlplane.gitops;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one look does with one file. */
enum FileStep {
    /** It is as it is wanted. */
    NOTHING,
    /** It is written, as a new one or over what is there. */
    WRITE,
    /** Its cell is gone, and it goes. */
    REMOVE,
    /** Somebody else changed it, and that stays. */
    LEAVE,
    /** There is no file and none is wanted: nothing of it is remembered any more. */
    FORGET;

    /** What stands for the content of a file that is not there. */
    static final String NONE = "none";

    /**
     * What is remembered of a file.
     *
     * @param written the content that was written last; null when none was, or when it was removed
     * @param pushing the content of a push whose end nobody saw
     * @param heal the content that may be written over although somebody else put it there
     */
    record Memory(
            @Nullable String written,
            @Nullable String pushing,
            @Nullable String heal) {

        static final Memory EMPTY = new Memory(null, null, null);

        boolean isOurs(@Nullable String found) {
            return found == null ? written == null : found.equals(written) || found.equals(pushing);
        }
    }

    /**
     * Decides. A pure function of contents' addresses.
     *
     * @param wanted null when no file is wanted
     * @param found null when there is none
     */
    static FileStep decide(@Nullable String wanted, @Nullable String found, Memory memory, DriftPolicy policy) {
        if (Objects.equals(wanted, found)) {
            return wanted == null ? FORGET : NOTHING;
        }
        boolean may = policy == DriftPolicy.HEAL
                || memory.isOurs(found)
                || Objects.requireNonNullElse(found, NONE).equals(memory.heal());
        if (!may) {
            return wanted == null && found == null ? FORGET : LEAVE;
        }
        return wanted == null ? REMOVE : WRITE;
    }
}
