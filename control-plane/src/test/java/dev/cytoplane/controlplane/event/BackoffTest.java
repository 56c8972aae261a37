package dev.cytoplane.controlplane.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void doublesUpToAMinute() {
        assertThat(Backoff.STANDARD.after(1)).isEqualTo(Duration.ofMillis(250));
        assertThat(Backoff.STANDARD.after(2)).isEqualTo(Duration.ofMillis(500));
        assertThat(Backoff.STANDARD.after(5)).isEqualTo(Duration.ofSeconds(4));
        assertThat(Backoff.STANDARD.after(1_000)).isEqualTo(Duration.ofMinutes(1));
    }
}
