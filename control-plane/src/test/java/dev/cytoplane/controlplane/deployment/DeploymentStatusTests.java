package dev.cytoplane.controlplane.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeploymentStatusTests {

    @ParameterizedTest
    @CsvSource({
        "PENDING, PROGRESSING | LIVE | FAILED | SUPERSEDED | REMOVED",
        "PROGRESSING, LIVE | FAILED | SUPERSEDED | REMOVED",
        "LIVE, SUPERSEDED",
        "FAILED, LIVE | REMOVED",
        "SUPERSEDED, ''",
        "REMOVED, ''"
    })
    void allowsTheseTransitionsAndNoOther(DeploymentStatus from, String to) {
        for (DeploymentStatus next : DeploymentStatus.values()) {
            assertThat(from.canBecome(next))
                    .as("%s to %s", from, next)
                    .isEqualTo(List.of(to.split(" \\| ", -1)).contains(next.name()));
        }
    }
}
