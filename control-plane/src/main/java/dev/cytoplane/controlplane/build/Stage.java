package dev.cytoplane.controlplane.build;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One step of a build. */
public record Stage(
        Name name,
        Status status,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {

    /** In this order. */
    public enum Name {
        /** The commit is found, fetched from elsewhere where that is needed. */
        CHECKOUT,
        /** The descriptor is read and a builder chosen; a release of equal inputs ends the work here. */
        DETECT,
        /** The builder runs. */
        BUILD,
        /** The product becomes an artifact. */
        PACKAGE,
        /** The release is registered. */
        RELEASE
    }

    public enum Status {
        PENDING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        SKIPPED
    }

    static Stage pending(Name name) {
        return new Stage(name, Status.PENDING, null, null);
    }

    Stage started(Instant now) {
        return new Stage(name, Status.RUNNING, now, null);
    }

    Stage ended(Status end, Instant now) {
        return new Stage(name, end, startedAt, now);
    }
}
