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
                .isEqualTo(new Gates(false, true, Kind.ENVIRONMENT, Map.of(), null, null, true));
    }

    @Test
    void theOldOneStaysInFrontUntilTheNewOneServes() {
        assertThat(gates(Kind.ENVIRONMENT, service(Kind.OWN, "10.96.0.7", null), false))
                .isEqualTo(new Gates(true, true, Kind.OWN, Map.of(), null, null, false));
        assertThat(gates(Kind.OWN, service(Kind.ENVIRONMENT, null, null), false))
                .isEqualTo(new Gates(true, true, Kind.ENVIRONMENT, Map.of(), null, null, true));
    }

    @Test
    void onceTheNewOneServesItIsLedToAndTheOldAddressIsKept() {
        assertThat(gates(Kind.ENVIRONMENT, service(Kind.OWN, "10.96.0.7", null), true))
                .isEqualTo(new Gates(true, true, Kind.ENVIRONMENT, Map.of(), NOW, "10.96.0.7", true));
        assertThat(gates(Kind.OWN, service(Kind.ENVIRONMENT, null, null), true))
                .isEqualTo(new Gates(true, true, Kind.OWN, Map.of(), NOW, null, true));
    }

    @Test
    void theOldOneGoesWhenNobodyCanHaveItsAddressAnyMore() {
        Instant changed = NOW.minus(Changeover.GRACE).plusSeconds(1);
        assertThat(Changeover.of(
                        Kind.ENVIRONMENT,
                        Optional.of(service(Kind.ENVIRONMENT, null, changed)),
                        Optional.of(service(Kind.OWN, "10.96.0.7", null)),
                        Map.of(),
                        _ -> false,
                        NOW))
                .isEqualTo(new Gates(true, true, Kind.ENVIRONMENT, Map.of(), changed, "10.96.0.7", true));
        assertThat(Changeover.of(
                        Kind.ENVIRONMENT,
                        Optional.of(service(Kind.ENVIRONMENT, null, changed.minusSeconds(1))),
                        Optional.of(service(Kind.OWN, "10.96.0.7", null)),
                        Map.of(),
                        _ -> false,
                        NOW))
                .isEqualTo(new Gates(false, true, Kind.ENVIRONMENT, Map.of(), null, null, true));
    }

    @Test
    void whatWasLedBackByNameStaysSo() {
        Service door = service(Kind.ENVIRONMENT, null, null);
        door.getSpec().setExternalName("cell-gateway-own.cell-shop.svc.cluster.local");

        assertThat(gates(Kind.OWN, door, false))
                .isEqualTo(new Gates(true, false, Kind.OWN, Map.of(), null, null, true));
        assertThat(gates(Kind.ENVIRONMENT, door, true))
                .isEqualTo(new Gates(true, true, Kind.ENVIRONMENT, Map.of(), NOW, null, true));
    }

    private static Gates gates(Kind wanted, @Nullable Service door, boolean serves) {
        return Changeover.of(wanted, Optional.ofNullable(door), Optional.empty(), Map.of(), _ -> serves, NOW);
    }

    private static Service service(Kind kind, @Nullable String address, @Nullable Instant changed) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName("cell-gateway")
                .withAnnotations(changed == null ? Map.of() : Map.of(GatewayServices.CHANGED, changed.toString()))
                .endMetadata()
                .withNewSpec()
                .withType(kind == Kind.OWN ? "ClusterIP" : "ExternalName")
                .withClusterIP(address)
                .withExternalName(kind == Kind.OWN ? null : "shop.gateway-acme.svc.cluster.local")
                .endSpec()
                .build();
    }
}
