package dev.cytoplane.process;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** What {@link Processes} asks the system about processes, its own children or not. */
interface OperatingSystem {

    /**
     * A text that no other process on this machine ever has or had, not even one with the same pid later. Empty when
     * there is no such process, or when it has ended and only waits for its parent to notice.
     */
    Optional<String> identity(long pid);

    /** The process and what it started, except what was detached into a session of its own. */
    Set<Long> tree(long pid);

    /** The same as it was at most half a second ago, for who asks for many processes in a row. */
    default Set<Long> recentTree(long pid) {
        return tree(pid);
    }

    /** Processes whose environment holds {@code marker} as the value of {@link Processes#MARKER}. */
    Set<Long> marked(String marker);

    /** All values of {@link Processes#MARKER} that start with {@code prefix}, with the processes at the top of each tree. */
    Collection<Marked> roots(String prefix);

    Usage usage(Collection<Long> pids);

    record Marked(String marker, long pid) {}

    static OperatingSystem current() {
        return LinuxProcesses.available() ? new LinuxProcesses() : new PortableProcesses();
    }
}
