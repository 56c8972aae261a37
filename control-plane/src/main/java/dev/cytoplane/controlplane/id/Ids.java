package dev.cytoplane.controlplane.id;

import java.security.SecureRandom;
import java.util.UUID;

/** Makes identifiers: UUID version 7, ascending within this process also inside one millisecond. Thread-safe. */
public final class Ids {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static long last;

    private Ids() {}

    public static UUID next() {
        return new UUID(timestampAndCounter(), (RANDOM.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L);
    }

    /** 48 bits of milliseconds, the version, and 12 bits of a counter that carries into the time when it overflows. */
    private static synchronized long timestampAndCounter() {
        long now = System.currentTimeMillis() << 12;
        last = Math.max(now, last + 1);
        return (last >>> 12 << 16) | 0x7000L | (last & 0xfff);
    }
}
