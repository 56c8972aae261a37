package dev.cytoplane.dataplane.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The system's clock, set back or forward. */
public final class MovingClock extends Clock {

    private final InstantSource system = InstantSource.system();
    private volatile Duration offset;

    public MovingClock(Duration offset) {
        this.offset = offset;
    }

    public void advance(Duration by) {
        offset = offset.plus(by);
    }

    @Override
    public Instant instant() {
        return system.instant().plus(offset);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
