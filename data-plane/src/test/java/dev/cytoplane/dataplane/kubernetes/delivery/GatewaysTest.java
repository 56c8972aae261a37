package dev.cytoplane.dataplane.kubernetes.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.contracts.gateway.GatewayConfiguration.Applied;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.Shut;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What several pods of one gateway have made of its configuration. */
class GatewaysTest {

    private static final Shut PORT = new Shut(null, "port 8443 is taken");

    @Test
    void aConfigurationIsInForceWhenEveryPodHasIt() {
        assertThat(Gateways.together(List.of(new Applied(4, null, List.of()), new Applied(3, null, List.of()))))
                .contains(new Applied(3, null, List.of()));
        assertThat(Gateways.together(List.of(new Applied(4, null, List.of()), new Applied(4, null, List.of()))))
                .contains(new Applied(4, null, List.of()));
    }

    @Test
    void whatOnePodCannotDoTheGatewayCannot() {
        assertThat(Gateways.together(List.of(
                        new Applied(4, null, List.of()),
                        new Applied(4, "no such route", List.of()),
                        new Applied(4, null, List.of(PORT)),
                        new Applied(4, null, List.of(PORT)))))
                .contains(new Applied(4, "no such route", List.of(PORT)));
    }

    @Test
    void whoSaysNothingIsNotCounted() {
        assertThat(Gateways.together(List.of())).isEmpty();
    }
}
