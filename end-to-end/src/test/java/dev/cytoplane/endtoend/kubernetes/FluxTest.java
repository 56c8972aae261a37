package dev.cytoplane.endtoend.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.Waits;
import dev.cytoplane.endtoend.platform.WithPlatform;
import dev.cytoplane.testcluster.Cluster;
import dev.cytoplane.testcluster.WithKubernetes;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/**
 * The real Flux, by the objects of the guide, brings what the platform writes to a Git repository, puts back what is changed in
 * the cluster, and takes away what leaves the repository. Nobody else applies anything.
 */
@WithPlatform
@WithKubernetes
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FluxTest {

    /** As what somebody does with {@code kubectl edit} is known. */
    private static final String KUBECTL = "kubectl-edit";

    private final Platform platform;
    private Cluster cluster;
    private KubernetesClient client;
    private GitDelivery delivery;
    /** Of the first test, as the next one; the others come after it. */
    @SuppressWarnings("NullAway.Init")
    private Relay relay;

    @SuppressWarnings("NullAway.Init")
    private Flux flux;

    FluxTest(Platform platform) {
        this.platform = platform;
    }

    @BeforeAll
    @Timeout(2400)
    void deliverByGit(Cluster given) {
        cluster = given;
        client = given.client();
        cluster.bringFlux();
        delivery = GitDelivery.begin(platform, cluster);
    }

    @AfterAll
    void end() throws IOException {
        if (flux != null) {
            System.out.println("--- what Flux said last:\n" + flux.said());
            flux.end();
        }
        if (delivery != null) {
            delivery.close();
        }
        if (relay != null) {
            relay.close();
        }
    }

    @Test
    @Order(1)
    void whatIsPushedRunsWhenFluxHasBroughtIt() throws IOException {
        delivery.push("one");
        delivery.awaitInSync(1);
        delivery.awaitSaid("has not brought");
        assertThat(delivery.resource()).isEmpty();

        follow();

        awaitBrought(1);
        delivery.awaitLive();
        delivery.openGateway();
        delivery.awaitAnswer("one");
        GenericKubernetesResource cell = resource();
        assertThat(cell.getMetadata().getLabels()).containsEntry("kustomize.toolkit.fluxcd.io/name", "cells");
        assertThat(cell.getMetadata().getManagedFields())
                .filteredOn(entry -> entry.getSubresource() == null)
                .extracting(ManagedFieldsEntry::getManager)
                .contains("kustomize-controller")
                .doesNotContain("cytoplane-delivery");
        assertThat(delivery.cell().path("sync").asString()).isEqualTo("IN_SYNC");
        assertThat(delivery.cell().path("applied").path("ready").asBoolean()).isTrue();
    }

    @Test
    @Order(2)
    void aNewReleaseComesByItself() {
        delivery.push("two");
        delivery.awaitInSync(2);

        awaitBrought(2);
        delivery.awaitAnswer("two");
        delivery.awaitLive();
        assertThat(delivery.cell().path("applied").path("version").asLong()).isEqualTo(2);
    }

    @Test
    @Order(3)
    void fluxKnowsWhetherACellIsReady() {
        assertThat(flux.condition("Healthy")).isEmpty();

        flux.waitForHealth(true);
        Waits.until(
                "Flux has seen the cell ready",
                Waits.LONG,
                () -> assertThat(flux.condition("Healthy")).as(flux.said()).contains("True"));
        flux.waitForHealth(false);
    }

    @Test
    @Order(4)
    void whatIsChangedInTheClusterIsShownAndPutBack() {
        // Else Flux may be faster than whoever looks; a look that had begun may put it back once more.
        flux.suspend(true);
        Waits.until("the platform shows the change", Waits.LONG, () -> {
            set(KUBECTL, "replace", "replicas", "2");
            assertThat(delivery.cell().path("applied").path("message").asString())
                    .contains("none of the platform's");
        });
        assertThat(delivery.cell().path("applied").hasNonNull("version")).isFalse();
        assertThat(delivery.cell().path("sync").asString()).isEqualTo("IN_SYNC");

        flux.suspend(false);
        Waits.until(
                "Flux has put it back",
                Waits.LONG,
                () -> assertThat(component()).as(flux.said()).containsEntry("replicas", 1));
        awaitBrought(2);

        // And by its own interval.
        assertThat(set(KUBECTL, "replace", "replicas", "2")).containsEntry("replicas", 2);
        Waits.until(
                "Flux has put it back by itself",
                Waits.LONG,
                () -> assertThat(component()).containsEntry("replicas", 1));
        awaitBrought(2);
        delivery.awaitAnswer("two");
    }

    @Test
    @Order(5)
    void whatIsAddedByKubectlGoesAndWhatAnotherToolAddsIsShown() {
        Object before = String.valueOf(component().get("environment"));
        assertThat(set(KUBECTL, "add", "environment", "{\"BY_HAND\": \"yes\"}").toString())
                .contains("BY_HAND");
        Waits.until(
                "Flux has removed it",
                Waits.LONG,
                () -> assertThat(String.valueOf(component().get("environment"))).isEqualTo(before));
        awaitBrought(2);

        // Of what is beside its own fields Flux says nothing. The platform does.
        set("another-tool", "add", "environment", "{\"BY_TOOL\": \"yes\"}");
        flux.reconcile();
        flux.awaitReady();
        assertThat(component().toString()).contains("BY_TOOL");
        delivery.awaitSaid("none of the platform's");

        set("another-tool", "remove", "environment/BY_TOOL", "null");
        awaitBrought(2);
    }

    @Test
    @Order(6)
    void whatIsTakenOutEndsWhenFluxPrunes() {
        String deployment = delivery.undeploy();

        Waits.until(
                "Flux has pruned the cell",
                Waits.LONG,
                () -> assertThat(delivery.resource()).as(flux.said()).isEmpty());
        delivery.awaitRemoved(deployment);
        assertThat(new ClusterCell(client, delivery.greeter(), GitDelivery.ENVIRONMENT).namespace())
                .isEmpty();
        // Also of nothing: it finds the directory, and nothing in it.
        flux.reconcile();
        flux.awaitReady();
    }

    /** What an administrator of the cluster does once. */
    private void follow() throws IOException {
        URI repository = URI.create(delivery.repository());
        relay = Relay.open(cluster.hostAddress(), repository.getPort());
        flux = Flux.follow(
                cluster,
                platform.root(),
                "http://" + relay.address() + repository.getPath(),
                delivery.greeter().token());
    }

    /** Waits until the cluster has a version, and the platform says that it is what is wanted. */
    private void awaitBrought(long version) {
        Waits.until("Flux has brought version " + version, Waits.LONG, () -> {
            JsonNode cell = delivery.cell();
            assertThat(cell.path("applied").path("version").asLong())
                    .as("%s\n%s", cell, flux.said())
                    .isEqualTo(version);
            assertThat(cell.path("applied").path("message").asString("")).doesNotContain("none of the platform's");
        });
        assertThat(resource().getMetadata().getAnnotations())
                .containsEntry("cytoplane.dev/version", Long.toString(version));
    }

    private GenericKubernetesResource resource() {
        return delivery.resource().orElseThrow();
    }

    private Map<String, Object> component() {
        return component(resource());
    }

    private static Map<String, Object> component(GenericKubernetesResource cell) {
        List<Map<String, Object>> components = Objects.requireNonNull(cell.get("spec", "components"));
        return components.getFirst();
    }

    /**
     * Changes a field of the cell's component in the cluster, and nowhere else.
     *
     * @return the component as it is then
     */
    private Map<String, Object> set(String who, String operation, String field, String value) {
        return component(client.genericKubernetesResources("cytoplane.dev/v1alpha1", "Cell")
                .withName(delivery.greeter().cell(GitDelivery.ENVIRONMENT))
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON)
                                .withFieldManager(who)
                                .build(),
                        "[{\"op\": \"%s\", \"path\": \"/spec/components/0/%s\", \"value\": %s}]"
                                .formatted(operation, field, value)));
    }
}
