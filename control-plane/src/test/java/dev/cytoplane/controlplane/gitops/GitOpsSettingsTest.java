package dev.cytoplane.controlplane.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GitOpsSettingsTest {

    private final GitOpsSettings settings = new GitOpsSettings(
            Duration.ofMinutes(1), 2, Duration.ofMinutes(4), Duration.ofSeconds(2), Duration.ofMinutes(5));

    @Test
    void thePauseDoublesUpToAnEndAndUpToHalfOfItIsLeftToChance() {
        assertThat(settings.pauseAfter(1, 0)).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.pauseAfter(1, 1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.pauseAfter(3, 0)).isEqualTo(Duration.ofSeconds(8));
        assertThat(settings.pauseAfter(1_000_000, 0)).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.pauseAfter(1_000_000, 0.5)).isEqualTo(Duration.ofSeconds(225));
    }
}
