package dev.cytoplane.dataplane.kubernetes.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.dataplane.kubernetes.desired.Gates;
import dev.cytoplane.dataplane.kubernetes.desired.Gates.Kind;
import dev.cytoplane.dataplane.kubernetes.desired.GatewayServices;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** From one gateway to the other, step by step. */
class ChangeoverTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aNewCellBeginsWithWhatItIsToHave() {
        assertThat(gates(Kind.OWN, null, false)).isEqualTo(Gates.OWN);
        assertThat(gates(Kind.ENVIRONMENT, null, false))
                .isEqualTo(new Gates(false, true, Kind.ENVIRONMENT, Map.of(), null));
    }

    @Test
    void theOldOneStaysInFrontUntilTheNewOneServes() {
        assertThat(gates(Kind.ENVIRONMENT, service(Kind.OWN, null), false))
                .isEqualTo(new Gates(true, true, Kind.OWN, Map.of(), null));
        assertThat(gates(Kind.OWN, service(Kind.ENVIRONMENT, null), false))
                .isEqualTo(new Gates(true, true, Kind.ENVIRONMENT, Map.of(), null));
    }

    @Test
    void onceTheNewOneServesItIsLedToAndTheOldOneIsKept() {
        assertThat(gates(Kind.ENVIRONMENT, service(Kind.OWN, null), true))
                .isEqualTo(new Gates(true, true, Kind.ENVIRONMENT, Map.of(), NOW));
        assertThat(gates(Kind.OWN, service(Kind.ENVIRONMENT, null), true))
                .isEqualTo(new Gates(true, true, Kind.OWN, Map.of(), NOW));
    }

    @Test
    void theOldOneGoesWhenNobodyCanHaveItsAddressAnyMore() {
        Instant changed = NOW.minus(Changeover.GRACE).plusSeconds(1);
        assertThat(gates(Kind.ENVIRONMENT, service(Kind.ENVIRONMENT, changed), false))
                .isEqualTo(new Gates(true, true, Kind.ENVIRONMENT, Map.of(), changed));
        assertThat(gates(Kind.ENVIRONMENT, service(Kind.ENVIRONMENT, changed.minusSeconds(1)), false))
                .isEqualTo(new Gates(false, true, Kind.ENVIRONMENT, Map.of(), null));
        assertThat(gates(Kind.OWN, service(Kind.OWN, changed.minusSeconds(1)), false))
                .isEqualTo(Gates.OWN);
    }

    @Test
    void aServiceThatHasAnAddressLeadsToItsOwn() {
        Service door = new ServiceBuilder()
                .withNewSpec()
                .withType("ClusterIP")
                .withClusterIP("10.96.0.7")
                .endSpec()
                .build();

        assertThat(GatewayServices.leads(door)).isEqualTo(Kind.OWN);
    }

    private static Gates gates(Kind wanted, @Nullable Service door, boolean serves) {
        return Changeover.of(wanted, Optional.ofNullable(door), Map.of(), _ -> serves, NOW);
    }

    private static Service service(Kind kind, @Nullable Instant changed) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName("cell-gateway")
                .withAnnotations(changed == null ? Map.of() : Map.of(GatewayServices.CHANGED, changed.toString()))
                .endMetadata()
                .withNewSpec()
                .withType("ExternalName")
                .withExternalName(
                        kind == Kind.OWN
                                ? "cell-gateway-own.cell-shop.svc.cluster.local"
                                : "shop.gateway-acme.svc.cluster.local")
                .endSpec()
                .build();
    }
}
