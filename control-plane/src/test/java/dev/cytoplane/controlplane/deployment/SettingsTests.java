package dev.cytoplane.controlplane.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.controlplane.api.Client;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Configuration and secrets of a deployment. */
class SettingsTests extends ShopOnADataPlane {

    @Test
    void aSecretReachesTheDataPlaneSealedAndNobodyElse() {
        String release = release("one");
        live("dev", release);
        Client.Answer set = owner.put(shop.path(api, "/secrets/dev/TOKEN"), "{\"value\": \"hush\"}");
        assertThat(set.status()).as("%s", set).isEqualTo(200);
        Cell cell = nextCell();
        Cell.SealedSecret sealed = cell.spec().components().getFirst().secrets().getFirst();

        assertThat(dataPlane.open(cell, "api", sealed)).isEqualTo("hush");
        assertThat(set.response().body()).doesNotContain("hush");
        assertThat(owner.get(shop.path(api, "/secrets/dev")).response().body())
                .contains("TOKEN")
                .doesNotContain("hush");
        dataPlane.report(Shop.ready(cell));
        live("dev", release("two"));
        assertThat(owner.get(shop.path("/projects/store/cells/dev")).json().findValuesAsString("ciphertext"))
                .as("sealed once, so that the cell changes only when the secret does")
                .containsExactly(sealed.ciphertext());

        owner.put(shop.path(api, "/secrets/dev/TOKEN"), "{\"value\": \"other\"}");
        Cell next = nextCell();
        Cell.SealedSecret second = next.spec().components().getFirst().secrets().getFirst();
        assertThat(second.version()).isEqualTo(2);
        assertThat(dataPlane.open(next, "api", second)).isEqualTo("other");
        assertThat(owner.get(shop.path("/audit?limit=200")).response().body())
                .contains("secret.set", "secret.opened")
                .doesNotContain("hush");
    }

    @Test
    void reservedAndInvalidSettingsAreRefused() {
        for (String name : List.of("PORT", "CYTOPLANE_X", "1ABC", "A-B")) {
            Client.Answer refused = put("configuration/dev", "\"0\"", "{\"values\": {\"%s\": \"x\"}}".formatted(name));
            assertThat(refused.status()).as(name).isEqualTo(400);
            assertThat(refused.text("/errors/0/field")).isEqualTo("values." + name);
        }
        assertThat(put("configuration/dev", "\"7\"", "{\"values\": {}}").status())
                .isEqualTo(412);
        assertThat(owner.put(shop.path(api, "/configuration/dev"), "{\"values\": {}}")
                        .status())
                .isEqualTo(428);
        assertThat(owner.put(shop.path(api, "/secrets/dev/PORT"), "{\"value\": \"x\"}")
                        .status())
                .isEqualTo(400);
    }
}
