package dev.cytoplane.controlplane.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.controlplane.api.Client;
import org.junit.jupiter.api.Test;

/** Restarting and scaling what runs. */
class OperationTests extends ShopOnADataPlane {

    @Test
    void aRestartAsksTheDataPlaneForNewInstancesOfTheSame() {
        String release = release("one");
        live("dev", release);

        Client.Answer restarted = owner.post(shop.path(api, "/restarts"), "{\"environment\": \"dev\"}");

        assertThat(restarted.status()).as("%s", restarted).isEqualTo(201);
        assertThat(restarted.text("/kind")).isEqualTo("RESTART");
        assertThat(restarted.text("/release")).isEqualTo(release);
        Cell cell = nextCell();
        Cell.Component component = cell.spec().components().getFirst();
        assertThat(component.restart()).isEqualTo(1);
        assertThat(component.release()).isEqualTo(release);
        dataPlane.report(Shop.ready(cell));
        assertThat(deployment(restarted).text("/status")).isEqualTo("LIVE");

        owner.post(shop.path(api, "/restarts"), "{\"environment\": \"dev\"}");
        assertThat(nextCell().spec().components().getFirst().restart()).isEqualTo(2);
    }

    @Test
    void aScaleHoldsForTheEnvironmentWhateverIsDeployedToIt() {
        live("dev", release("one"));

        Client.Answer scaled = scale("3");

        assertThat(scaled.status()).as("%s", scaled).isEqualTo(201);
        assertThat(scaled.json().at("/replicas").asInt()).isEqualTo(3);
        Cell cell = nextCell();
        assertThat(cell.spec().components().getFirst().replicas()).isEqualTo(3);
        assertThat(cell.spec().components().getFirst().restart())
                .as("nothing is replaced")
                .isNull();
        assertThat(scale("3").text("/id")).as("said already").isEqualTo(scaled.text("/id"));
        dataPlane.report(Shop.ready(cell));

        deploy("dev", release("two"));
        cell = nextCell();
        assertThat(cell.spec().components().getFirst().replicas()).isEqualTo(3);
        dataPlane.report(Shop.ready(cell));

        assertThat(scale("null").json().at("/replicas").isNull()).isTrue();
        assertThat(nextCell().spec().components().getFirst().replicas()).isEqualTo(1);
        assertThat(owner.get(shop.path("/audit?action=deployment.created&limit=1"))
                        .response()
                        .body())
                .contains("SCALE");
    }

    @Test
    void autoscalingHoldsForTheEnvironmentUntilANumberIsSaid() {
        live("dev", release("one"));

        Client.Answer scaled = autoscale("{\"minInstances\": 2, \"maxInstances\": 6, \"cpuPercent\": 70}");

        assertThat(scaled.status()).as("%s", scaled).isEqualTo(201);
        assertThat(scaled.json().at("/autoscaling/minInstances").asInt()).isEqualTo(2);
        assertThat(scaled.text("/message")).isEqualTo("Running 2 to 6 instances, by their load.");
        Cell.Autoscaling said = new Cell.Autoscaling(2, 6, 70, null);
        Cell cell = nextCell();
        assertThat(cell.spec().components().getFirst().autoscaling()).isEqualTo(said);
        dataPlane.report(Shop.ready(cell));
        assertThat(autoscale("{\"minInstances\": 2, \"maxInstances\": 6, \"cpuPercent\": 70}")
                        .text("/id"))
                .as("said already")
                .isEqualTo(scaled.text("/id"));

        deploy("dev", release("two"));
        cell = nextCell();
        assertThat(cell.spec().components().getFirst().autoscaling()).isEqualTo(said);
        dataPlane.report(Shop.ready(cell));

        assertThat(scale("3").json().at("/autoscaling").isNull()).isTrue();
        cell = nextCell();
        assertThat(cell.spec().components().getFirst().autoscaling()).isNull();
        assertThat(cell.spec().components().getFirst().replicas()).isEqualTo(3);
    }

    @Test
    void autoscalingThatCannotBeNamesTheField() {
        live("dev", release("one"));

        assertThat(wrong("{\"minInstances\": 7, \"maxInstances\": 6}")).isEqualTo("autoscaling.minInstances");
        assertThat(wrong("{\"minInstances\": 2}")).isEqualTo("autoscaling.maxInstances");
        assertThat(wrong("{\"maxInstances\": 21}")).isEqualTo("autoscaling.maxInstances");
        assertThat(wrong("{\"maxInstances\": 3, \"cpuPercent\": 0}")).isEqualTo("autoscaling.cpuPercent");
        assertThat(wrong("{\"maxInstances\": 3}, \"replicas\": 2")).isEqualTo("autoscaling");
    }

    private String wrong(String autoscaling) {
        Client.Answer refused = autoscale(autoscaling);
        assertThat(refused.status()).as(autoscaling).isEqualTo(400);
        return refused.text("/errors/0/field");
    }

    private Client.Answer autoscale(String autoscaling) {
        return owner.post(
                shop.path(api, "/scalings"), "{\"environment\": \"dev\", \"autoscaling\": %s}".formatted(autoscaling));
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThat(scale("2").text("/type")).endsWith("not-deployed");
        assertThat(owner.post(shop.path(api, "/restarts"), "{\"environment\": \"dev\"}")
                        .status())
                .isEqualTo(409);
        assertThat(owner.post(shop.path(api, "/restarts"), "{\"environment\": \"nowhere\"}")
                        .status())
                .isEqualTo(404);
        for (String number : new String[] {"0", "21", "\"many\""}) {
            Client.Answer refused = scale(number);
            assertThat(refused.status()).as(number).isEqualTo(400);
            assertThat(refused.text("/errors/0/field")).isEqualTo("replicas");
        }
    }

    @Test
    void whoMayOnlyLookMayNeitherRestartNorScale() {
        live("dev", release("one"));
        owner.post(shop.path("/members"), "{\"username\": \"victor\", \"role\": \"viewer\"}");
        Client viewer = Client.of(port, "victor");

        assertThat(viewer.post(shop.path(api, "/restarts"), "{\"environment\": \"dev\"}")
                        .status())
                .isEqualTo(403);
        assertThat(viewer.post(shop.path(api, "/scalings"), "{\"environment\": \"dev\", \"replicas\": 2}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aRollbackGoesBackBehindARestart() {
        String one = release("one");
        live("dev", one);
        live("dev", release("two"));
        owner.post(shop.path(api, "/restarts"), "{\"environment\": \"dev\"}");
        dataPlane.report(Shop.ready(nextCell()));

        Client.Answer back = owner.post(shop.path(api, "/rollbacks"), "{\"environment\": \"dev\"}");

        assertThat(back.status()).as("%s", back).isEqualTo(201);
        assertThat(back.text("/release")).isEqualTo(one);
    }

    private Client.Answer scale(String replicas) {
        return owner.post(
                shop.path(api, "/scalings"), "{\"environment\": \"dev\", \"replicas\": %s}".formatted(replicas));
    }
}
