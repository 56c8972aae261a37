package dev.cytoplane.controlplane.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.controlplane.api.Client;
import org.junit.jupiter.api.Test;

/** Forward along the pipeline, and back. */
class PromotionTests extends ShopOnADataPlane {

    @Test
    void promotionFollowsThePipelineAndNeedsTheStageBefore() {
        String release = release("one");
        assertThat(deploy("test", release).status()).isEqualTo(409);
        assertThat(promote("test").status()).isEqualTo(409);
        live("dev", release);
        assertThat(promote("prod").response().body()).contains("test");

        Client.Answer promoted = promote("test");
        assertThat(promoted.status()).as("%s", promoted).isEqualTo(201);
        assertThat(promoted.text("/release")).isEqualTo(release);
        assertThat(promoted.text("/kind")).isEqualTo("PROMOTE");
        assertThat(promote("prod").status()).isEqualTo(409);
        dataPlane.report(Shop.ready(nextCell()));
        assertThat(promote("prod").status()).isEqualTo(201);
        assertThat(promote("dev").status()).isEqualTo(409);
        assertThat(promote("development").status()).isEqualTo(409);
    }

    @Test
    void aRollbackBringsBackTheReleaseWithItsSettings() {
        put("configuration/dev", "\"0\"", "{\"values\": {\"COLOUR\": \"green\"}}");
        String one = release("one");
        live("dev", one);
        put("configuration/dev", "\"1\"", "{\"values\": {\"COLOUR\": \"red\"}}");
        Cell red = nextCell();
        assertThat(red.spec().components().getFirst().environment()).containsEntry("COLOUR", "red");
        dataPlane.report(Shop.ready(red));
        live("dev", release("two"));

        Client.Answer back = owner.post(
                shop.path(api, "/rollbacks"),
                "{\"environment\": \"dev\", \"deployment\": \"%s\"}".formatted(oldest().text("/items/0/id")));

        assertThat(back.status()).as("%s", back).isEqualTo(201);
        assertThat(back.text("/release")).isEqualTo(one);
        Cell.Component component = nextCell().spec().components().getFirst();
        assertThat(component.release()).isEqualTo(one);
        assertThat(component.environment()).containsEntry("COLOUR", "green");
        assertThat(owner.get(shop.path(api, "/configuration/dev")).text("/values/COLOUR"))
                .isEqualTo("green");
    }

    @Test
    void aRollbackGoesToTheLastThatServedAndSkipsWhatFailed() {
        String one = release("one");
        live("dev", one);
        deploy("dev", release("broken"));
        dataPlane.report(Shop.status(nextCell(), CellStatus.Phase.FAILED, "No."));

        Client.Answer back = owner.post(shop.path(api, "/rollbacks"), "{\"environment\": \"dev\"}");

        assertThat(back.text("/release")).isEqualTo(one);
        assertThat(back.text("/kind")).isEqualTo("ROLLBACK");
    }

    private Client.Answer promote(String to) {
        return owner.post(shop.path(api, "/promotions"), "{\"to\": \"%s\"}".formatted(to));
    }

    private Client.Answer oldest() {
        return owner.get(shop.path(api, "/deployments?sort=createdAt&limit=1"));
    }
}
