package dev.cytoplane.gateway.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CountsTest {

    @Test
    void aDurationIsInTheBucketOfTheNextBound() {
        Counts counts = new Counts();
        counts.add(200, 0);
        counts.add(200, TimeUnit.MICROSECONDS.toNanos(500));
        counts.add(200, TimeUnit.MICROSECONDS.toNanos(500) + 1);
        counts.add(200, TimeUnit.MINUTES.toNanos(1));

        List<Long> buckets = counts.sum().buckets();

        assertThat(buckets).hasSize(Counts.BOUNDS_MICROS.size() + 1);
        assertThat(buckets.get(0)).isEqualTo(2);
        assertThat(buckets.get(1)).isEqualTo(1);
        assertThat(buckets.getLast()).isEqualTo(1);
    }

    @Test
    void statusesAreCountedByTheirFirstDigit() {
        Counts counts = new Counts();
        for (int status : new int[] {101, 204, 404, 404, 502, 999}) {
            counts.add(status, 1);
        }

        assertThat(counts.sum().classes()).containsExactly(1L, 1L, 0L, 2L, 2L);
    }

    @Test
    void noRequestOfAnyThreadIsLost() throws InterruptedException {
        Counts counts = new Counts();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int request = 0; request < 10_000; request++) {
                    counts.add(200, 1_000);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(counts.sum().requests()).isEqualTo(160_000);
        assertThat(counts.sum().nanos()).isEqualTo(160_000_000);
    }
}
