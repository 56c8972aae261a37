package dev.cytoplane.gateway.traffic;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.LongStream;

/**
 * Requests by class of status, and their durations in buckets. Adding allocates nothing but the first time, takes three
 * atomic additions, and threads on different processors seldom meet: there are up to four stripes, as in a LongAdder,
 * each made when it is needed (240 bytes). Only grows; thread-safe.
 */
public final class Counts {

    /** Upper bounds of the buckets, in microseconds; a last bucket has none. */
    public static final List<Long> BOUNDS_MICROS = List.of(
            500L,
            1_000L,
            2_000L,
            3_000L,
            5_000L,
            7_500L,
            10_000L,
            15_000L,
            25_000L,
            35_000L,
            50_000L,
            75_000L,
            100_000L,
            150_000L,
            250_000L,
            500_000L,
            750_000L,
            1_000_000L,
            2_500_000L,
            5_000_000L,
            10_000_000L);

    private static final long[] BOUNDS =
            BOUNDS_MICROS.stream().mapToLong(TimeUnit.MICROSECONDS::toNanos).toArray();
    private static final int BUCKETS = BOUNDS.length + 1;
    private static final int CLASSES = 5;
    private static final int NANOS = BUCKETS + CLASSES;
    private static final int LENGTH = NANOS + 1;
    private static final int STRIPES =
            Math.min(4, Integer.highestOneBit(2 * Runtime.getRuntime().availableProcessors() - 1));

    private final AtomicReferenceArray<AtomicLongArray> stripes = new AtomicReferenceArray<>(STRIPES);

    /**
     * What has been added so far. Of requests that are added at this moment it may hold a part.
     *
     * @param buckets one more than there are bounds
     * @param classes by the first digit of the status, from 1 to 5
     * @param nanos all durations together
     */
    public record Sum(List<Long> buckets, List<Long> classes, long nanos) {

        public long requests() {
            return buckets.stream().mapToLong(Long::longValue).sum();
        }
    }

    public void add(int status, long nanos) {
        AtomicLongArray stripe = stripe();
        stripe.getAndIncrement(bucket(nanos));
        stripe.getAndIncrement(BUCKETS + Math.clamp(status / 100, 1, CLASSES) - 1);
        stripe.getAndAdd(NANOS, nanos);
    }

    public Sum sum() {
        long[] sums = new long[LENGTH];
        for (int i = 0; i < STRIPES; i++) {
            AtomicLongArray stripe = stripes.get(i);
            for (int at = 0; stripe != null && at < LENGTH; at++) {
                sums[at] += stripe.get(at);
            }
        }
        return new Sum(list(sums, 0, BUCKETS), list(sums, BUCKETS, NANOS), sums[NANOS]);
    }

    private AtomicLongArray stripe() {
        int index = (int) Thread.currentThread().threadId() & (STRIPES - 1);
        AtomicLongArray stripe = stripes.get(index);
        if (stripe != null) {
            return stripe;
        }
        AtomicLongArray made = new AtomicLongArray(LENGTH);
        AtomicLongArray other = stripes.compareAndExchange(index, null, made);
        return other == null ? made : other;
    }

    private static int bucket(long nanos) {
        int found = Arrays.binarySearch(BOUNDS, nanos);
        return found < 0 ? -found - 1 : found;
    }

    private static List<Long> list(long[] values, int from, int to) {
        return LongStream.of(values).skip(from).limit(to - from).boxed().toList();
    }
}
