package dev.cytoplane.controlplane.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.controlplane.dataplane.link.TestDataPlane;
import org.junit.jupiter.api.Test;

/** Secrets follow their data plane to a new key: a machine that was set up anew opens what it is told, the old one no more. */
class ResealingTests extends ShopOnADataPlane {

    @Test
    void aDataPlaneThatJoinedWithANewKeyGetsItsSecretsSealedToThat() {
        owner.put(shop.path(api, "/secrets/dev/TOKEN"), "{\"value\": \"hush\"}");
        live("dev", release("one"));
        TestDataPlane successor = TestDataPlane.stranger(link, authority.trustBundle());

        String token =
                admin.post("/api/v1/data-planes/" + name + "/join-token", "{}").text("/joinToken");
        assertThat(successor.join(token).statusCode()).isEqualTo(200);

        try (TestDataPlane.Watch renewed = successor.watch(null)) {
            Cell cell = renewed.nextCell(it -> it.metadata().version() == 2);
            Cell.SealedSecret sealed = secret(cell);
            assertThat(successor.open(cell, "api", sealed)).isEqualTo("hush");
            assertThat(sealed.version()).as("the secret is the same").isEqualTo(1);
            assertThatThrownBy(() -> dataPlane.open(cell, "api", sealed)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void joiningAgainWithTheSameKeySealsNothingAnew() {
        owner.put(shop.path(api, "/secrets/dev/TOKEN"), "{\"value\": \"hush\"}");
        live("dev", release("one"));
        String before = owner.get(shop.path("/projects/store/cells/dev")).text("/contentHash");

        String token =
                admin.post("/api/v1/data-planes/" + name + "/join-token", "{}").text("/joinToken");
        assertThat(dataPlane.join(token).statusCode()).isEqualTo(200);
        // A later change that is compiled after the join's event, since events come in their order.
        owner.put(shop.path(api, "/secrets/dev/OTHER"), "{\"value\": \"more\"}");

        try (TestDataPlane.Watch again = dataPlane.watch(null)) {
            Cell cell = again.nextCell(
                    it -> it.spec().components().getFirst().secrets().size() == 2);
            assertThat(cell.metadata().version()).as("one change, not two").isEqualTo(2);
        }
        assertThat(owner.get(shop.path("/projects/store/cells/dev")).text("/contentHash"))
                .isNotEqualTo(before);
    }

    private static Cell.SealedSecret secret(Cell cell) {
        return cell.spec().components().getFirst().secrets().getFirst();
    }
}
