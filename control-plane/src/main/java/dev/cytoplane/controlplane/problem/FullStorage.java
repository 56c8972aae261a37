package dev.cytoplane.controlplane.problem;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A disk without room, the database's or the control plane's own: for the caller a 507 (RFC 4918), not a fault of the code. */
final class FullStorage {

    /** PostgreSQL's disk_full. */
    private static final String DISK_FULL = "53100";

    /** ENOSPC and EDQUOT: the JDK has no exception of its own for them. */
    private static final List<String> NO_ROOM = List.of("No space left on device", "Disk quota exceeded");

    private FullStorage() {}

    static Optional<Problem> of(@Nullable Throwable failure) {
        return Stream.iterate(failure, it -> it != null, Throwable::getCause)
                .filter(FullStorage::tells)
                .findFirst()
                .map(it -> Problem.of(
                        HttpStatus.INSUFFICIENT_STORAGE,
                        "storage-full",
                        "The disk on which the platform keeps its data is full, so this was not done. Make room there, and"
                                + " try again."));
    }

    private static boolean tells(Throwable failure) {
        return switch (failure) {
            case SQLException sql -> DISK_FULL.equals(sql.getSQLState());
            case IOException io -> io.getMessage() != null && NO_ROOM.stream().anyMatch(io.getMessage()::contains);
            default -> false;
        };
    }
}
