package dev.cytoplane.controlplane.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.api.Client;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Nothing that runs is deleted under its users; what is taken down first can go, and goes from its data plane too. */
class DeletionTests extends ShopOnADataPlane {

    @Test
    void whatIsDeployedIsRefusedWithWhatToDoAtEveryLevel() {
        live("dev", release("one"));

        assertRefused(shop.path(api, ""), "in-use", "undeploy", "dev");
        assertRefused(shop.path("/projects/store"), "not-empty", "ndeploy", "api");
        assertRefused(shop.path("/environments/dev"), "not-empty", "pipelines", "short");
        assertRefused(shop.path(""), "not-empty", "project store");
        assertRefused("/api/v1/data-planes/" + name, "not-empty", "environments");
        assertThat(nothingElseThan("store").spec().components()).hasSize(1);
    }

    @Test
    void anEnvironmentOutsideEveryPipelineIsRefusedWhileSomethingWasDeployedToIt() {
        owner.post(shop.path("/environments"), "{\"name\": \"spare\", \"dataPlane\": \"%s\"}".formatted(name));
        owner.post(shop.path("/pipelines"), "{\"name\": \"other\", \"stages\": [\"spare\"]}");
        owner.post(shop.path("/projects"), "{\"name\": \"odd\", \"pipeline\": \"other\"}");
        ComponentScope component = shop.component("odd", "one");
        deploy(component, "spare", release(component, "one", it -> it));
        Client.Answer pipeline = owner.get(shop.path("/pipelines/other"));
        assertThat(owner.with("If-Match", String.valueOf(pipeline.header("ETag")))
                        .put(shop.path("/pipelines/other"), "{\"stages\": [\"test\"]}")
                        .status())
                .isEqualTo(200);

        assertRefused(shop.path("/environments/spare"), "not-empty", "undeploy", "odd/one");
    }

    @Test
    void whileItIsDeployedAnywhereOrOnItsWayOutItStays() {
        live("dev", release("one"));
        promoteTo("test");
        Client.Answer refused = owner.delete(shop.path(api, ""));
        assertThat(refused.text("/detail")).contains("dev", "test");

        undeploy("dev");
        assertRefused(shop.path(api, ""), "in-use", "being removed from dev", "deployed in test");
    }

    @Test
    void whatWasUndeployedCanGoAndSoCanItsProject() {
        live("dev", release("one"));
        undeploy("dev");
        dataPlane.report(Shop.ready(nextCell()));

        assertThat(owner.delete(shop.path(api, "")).status()).isEqualTo(204);
        assertThat(owner.delete(shop.path("/projects/store")).status()).isEqualTo(204);
        assertThat(watch.next(LinkEvent.CellDeleted.class).cell()).startsWith("store.dev.");
    }

    @Test
    void aDataPlaneThatIsGoneForGoodKeepsNobodyFromDeleting() {
        live("dev", release("one"));
        undeploy("dev");
        nextCell();
        passTheDeadline();

        assertThat(owner.delete(shop.path(api, "")).status()).isEqualTo(204);
    }

    @Test
    void aFailedDeploymentIsDeployedAllTheSameAndItsCellLosesItOnlyByUndeploying() {
        deploy("dev", release("one"));
        nextCell();
        passTheDeadline();

        assertRefused(shop.path(api, ""), "in-use", "dev");
    }

    @Test
    void deployingAndDeletingAtOnceLeavesEitherTheDeploymentOrNothing() throws Exception {
        for (int round = 0; round < 20; round++) {
            ComponentScope component = shop.component("store", "c" + round);
            String release = release(component, "r" + round, it -> it);
            try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Callable<Integer>> both = List.of(
                        () -> deploy(component, "dev", release).status(),
                        () -> owner.delete(shop.path(component, "")).status());
                List<Future<Integer>> answers = pool.invokeAll(both);
                int deployed = answers.getFirst().get();
                int deleted = answers.getLast().get();
                assertThat(List.of(deployed, deleted)).as("round %d", round).isIn(List.of(201, 409), List.of(404, 204));
                assertThat(owner.get(shop.path(component, "")).status()).isEqualTo(deleted == 204 ? 404 : 200);
            }
        }
    }

    private Cell nothingElseThan(String project) {
        Client.Answer cell = owner.get(shop.path("/projects/" + project + "/cells/dev"));
        assertThat(cell.status()).isEqualTo(200);
        return ContractJson.MAPPER.treeToValue(cell.json().at("/document"), Cell.class);
    }

    private void assertRefused(String path, String type, String... words) {
        Client keeper = path.startsWith("/api/v1/data-planes") ? admin : owner;
        Client.Answer refused = keeper.delete(path);
        assertThat(refused.status()).as("%s", refused).isEqualTo(409);
        assertThat(refused.text("/type")).endsWith(type);
        assertThat(refused.text("/detail")).contains(words);
        assertThat(keeper.get(path).status()).as("it is still there").isEqualTo(200);
    }

    private void promoteTo(String environment) {
        Client.Answer promoted = owner.post(shop.path(api, "/promotions"), "{\"to\": \"%s\"}".formatted(environment));
        dataPlane.report(Shop.ready(nextCell()));
        assertThat(deployment(promoted).text("/status")).isEqualTo("LIVE");
    }

    private void undeploy(String environment) {
        Client.Answer removal =
                owner.post(shop.path(api, "/undeployments"), "{\"environment\": \"%s\"}".formatted(environment));
        assertThat(removal.status()).as("%s", removal).isEqualTo(201);
    }
}
