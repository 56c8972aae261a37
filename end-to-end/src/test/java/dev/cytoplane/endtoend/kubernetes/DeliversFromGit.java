package dev.cytoplane.endtoend.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.Waits;
import dev.cytoplane.testcluster.Cluster;
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
 * What each tool has to do by the objects of the guide: it brings what the platform writes to a Git repository, puts back what is
 * changed in the cluster, and takes away what leaves the repository. Nobody else applies anything.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class DeliversFromGit<T extends GitTool> {

    /** As what somebody does with {@code kubectl edit} is known. */
    static final String KUBECTL = "kubectl-edit";

    private final Platform platform;
    private Cluster cluster;
    private KubernetesClient client;

    GitDelivery delivery;

    /** Of the first test, as the next one; the others come after it. */
    @SuppressWarnings("NullAway.Init")
    private Relay relay;

    @SuppressWarnings("NullAway.Init")
    T tool;

    DeliversFromGit(Platform platform) {
        this.platform = platform;
    }

    /** Has the tool work in the cluster. */
    abstract void bring(Cluster cluster);

    /** What an administrator of the cluster does once. */
    abstract T follow(Cluster cluster, Platform platform, String address, String token) throws IOException;

    /** That it was this tool which brought the cell. */
    abstract void assertBrought(GenericKubernetesResource cell, List<String> managers);

    @BeforeAll
    @Timeout(2400)
    void deliverByGit(Cluster given) {
        cluster = given;
        client = given.client();
        bring(given);
        delivery = GitDelivery.begin(platform, given);
    }

    @AfterAll
    void end() throws IOException {
        if (tool != null) {
            System.out.println("--- what the tool said last:\n" + tool.said());
            tool.end();
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
    void whatIsPushedRunsWhenItWasBrought() throws IOException {
        delivery.push("one");
        delivery.awaitInSync(1);
        delivery.awaitSaid("has not brought");
        assertThat(delivery.resource()).isEmpty();

        URI repository = URI.create(delivery.repository());
        relay = Relay.open(cluster.hostAddress(), repository.getPort());
        tool = follow(
                cluster,
                platform,
                "http://" + relay.address() + repository.getPath(),
                delivery.greeter().token());

        awaitBrought(1);
        delivery.awaitLive();
        delivery.openGateway();
        delivery.awaitAnswer("one");
        GenericKubernetesResource cell = resource();
        List<String> managers = cell.getMetadata().getManagedFields().stream()
                .filter(entry -> entry.getSubresource() == null)
                .map(ManagedFieldsEntry::getManager)
                .toList();
        assertThat(managers).doesNotContain("cytoplane-delivery");
        assertBrought(cell, managers);
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
    @Order(4)
    void whatIsChangedInTheClusterIsShownAndPutBack() {
        // Else the tool may be faster than whoever looks; a look that had begun may put it back once more.
        tool.suspend(true);
        Waits.until("the platform shows the change", Waits.LONG, () -> {
            set(KUBECTL, "replace", "replicas", "2");
            assertThat(delivery.cell().path("applied").path("message").asString())
                    .contains("none of the platform's");
        });
        assertThat(delivery.cell().path("applied").hasNonNull("version")).isFalse();
        assertThat(delivery.cell().path("sync").asString()).isEqualTo("IN_SYNC");

        tool.suspend(false);
        Waits.until(
                "it is put back",
                Waits.LONG,
                () -> assertThat(component()).as(tool.said()).containsEntry("replicas", 1));
        awaitBrought(2);

        // And while nobody suspends anything.
        assertThat(set(KUBECTL, "replace", "replicas", "2")).containsEntry("replicas", 2);
        Waits.until(
                "it is put back without being asked for",
                Waits.LONG,
                () -> assertThat(component()).as(tool.said()).containsEntry("replicas", 1));
        awaitBrought(2);
        delivery.awaitAnswer("two");
    }

    @Test
    @Order(6)
    void whatAnotherToolAddsIsShown() {
        set("another-tool", "add", "environment", "{\"BY_TOOL\": \"yes\"}");
        tool.reconcile();
        tool.awaitReady();
        // Of what is beside its own fields the tool says nothing. The platform does.
        assertThat(component().toString()).contains("BY_TOOL");
        delivery.awaitSaid("none of the platform's");

        set("another-tool", "remove", "environment/BY_TOOL", "null");
        awaitBrought(2);
    }

    @Test
    @Order(9)
    void whatIsTakenOutEnds() {
        String deployment = delivery.undeploy();

        Waits.until(
                "the cell is pruned",
                Waits.LONG,
                () -> assertThat(delivery.resource()).as(tool.said()).isEmpty());
        delivery.awaitRemoved(deployment);
        assertThat(new ClusterCell(client, delivery.greeter(), GitDelivery.ENVIRONMENT).namespace())
                .isEmpty();
        // Also of nothing: it finds the directory, and nothing in it.
        tool.reconcile();
        tool.awaitReady();
    }

    /** Waits until the cluster has a version, and the platform says that it is what is wanted. */
    final void awaitBrought(long version) {
        Waits.until("version " + version + " is brought", Waits.LONG, () -> {
            JsonNode cell = delivery.cell();
            assertThat(cell.path("applied").path("version").asLong())
                    .as("%s\n%s", cell, tool.said())
                    .isEqualTo(version);
            assertThat(cell.path("applied").path("message").asString("")).doesNotContain("none of the platform's");
        });
        assertThat(resource().getMetadata().getAnnotations())
                .containsEntry("cytoplane.dev/version", Long.toString(version));
    }

    private GenericKubernetesResource resource() {
        return delivery.resource().orElseThrow();
    }

    /** The cell's component, as the cluster has it. */
    final Map<String, Object> component() {
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
    final Map<String, Object> set(String who, String operation, String field, String value) {
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
