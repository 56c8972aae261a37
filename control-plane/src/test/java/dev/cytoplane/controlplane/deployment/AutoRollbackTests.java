package dev.cytoplane.controlplane.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.controlplane.api.Client;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A deployment that failed is taken back by itself, where its component says so. */
class AutoRollbackTests extends ShopOnADataPlane {

    @Test
    void whatIsLiveIsDesiredAgainWithItsSettingsAndServesOn() {
        goesBack(true);
        put("configuration/dev", "*", "{\"values\": {\"LEVEL\": \"info\"}}");
        String one = release("one");
        live("dev", one);
        Client.Answer two = deploy("dev", release("two"));
        fails(nextCell());

        Client.Answer back = newest(3);
        assertThat(back.text("/items/0/kind")).isEqualTo("ROLLBACK");
        assertThat(back.text("/items/0/release")).isEqualTo(one);
        assertThat(back.text("/items/0/createdBy")).isEqualTo("system");
        assertThat(back.text("/items/0/message")).contains("by itself", two.text("/release"));
        assertThat(deployment(two).text("/status")).isEqualTo("FAILED");
        dataPlane.report(Shop.ready(nextCell()));
        await().until(() -> newest(3).text("/items/0/status").equals("LIVE"));
    }

    @Test
    void itIsLeftAsItIsUnlessTheComponentSaysSo() {
        live("dev", release("one"));
        Client.Answer two = deploy("dev", release("two"));
        fails(nextCell());
        await().until(() -> deployment(two).text("/status").equals("FAILED"));

        staysAt(2);
    }

    @Test
    void withNothingLiveThereIsNothingToGoBackTo() {
        goesBack(true);
        Client.Answer one = deploy("dev", release("one"));
        fails(nextCell());
        await().until(() -> deployment(one).text("/status").equals("FAILED"));

        staysAt(1);
    }

    @Test
    void aWayBackThatFailsAsWellIsTheEnd() {
        goesBack(true);
        live("dev", release("one"));
        deploy("dev", release("two"));
        fails(nextCell());
        newest(3);
        fails(nextCell());
        await().until(() -> newest(3).text("/items/0/status").equals("FAILED"));

        staysAt(3);
    }

    private void goesBack(boolean itself) {
        Client.Answer component = owner.get(shop.path(api, ""));
        assertThat(component.json().at("/autoRollback").asBoolean()).isFalse();
        Client.Answer changed = owner.with("If-Match", Objects.requireNonNull(component.header("ETag")))
                .patch(shop.path(api, ""), "{\"autoRollback\": %s}".formatted(itself));
        assertThat(changed.json().at("/autoRollback").asBoolean())
                .as("%s", changed)
                .isEqualTo(itself);
    }

    private void fails(Cell cell) {
        dataPlane.report(Shop.status(cell, CellStatus.Phase.FAILED, "It exited with code 1."));
    }

    /** The history, once it has so many entries. */
    private Client.Answer newest(int count) {
        return await().until(
                        () -> owner.get(shop.path(api, "/deployments?environment=dev")),
                        it -> it.json().at("/items").size() >= count);
    }

    private void staysAt(int count) {
        await().during(Duration.ofSeconds(2))
                .until(() -> newest(count).json().at("/items").size() == count);
    }
}
