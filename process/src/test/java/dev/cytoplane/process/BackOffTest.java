package dev.cytoplane.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackOffTest {

    private final BackOff backOff =
            new BackOff(Duration.ofMillis(400), Duration.ofSeconds(10), Duration.ofSeconds(60), new Random(7));

    @Test
    void doublesUpToTheLongestWaitAndTakesAtMostAQuarterOff() {
        long expected = 400;
        for (int failure = 0; failure < 70; failure++) {
            assertThat(backOff.after(Duration.ZERO).toMillis()).isBetween(expected * 3 / 4, expected);
            expected = Math.min(expected * 2, 10_000);
        }
    }

    @Test
    void startsAgainAfterAStableRun() {
        for (int failure = 0; failure < 8; failure++) {
            backOff.after(Duration.ofSeconds(59));
        }
        assertThat(backOff.failures()).isEqualTo(8);
        assertThat(backOff.after(Duration.ofSeconds(60)).toMillis()).isBetween(300L, 400L);
    }
}
