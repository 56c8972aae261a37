package dev.cytoplane.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.dataplane.kubernetes.desired.Names;
import dev.cytoplane.dataplane.kubernetes.pod.Leadership;
import dev.cytoplane.dataplane.kubernetes.resource.CellResource;
import dev.cytoplane.dataplane.kubernetes.testing.ExampleCells;
import dev.cytoplane.dataplane.kubernetes.testing.Helm;
import dev.cytoplane.dataplane.kubernetes.testing.TestPlane;
import dev.cytoplane.testcluster.WithKubernetes;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The chart, installed by helm into a real cluster: the data plane is two pods of it. */
@WithKubernetes
class ChartTest extends Chart {

    /** What a rendering without a cluster is for. */
    private static final String VERSION = "--kube-version=1.34.0";

    @Override
    String sharing() {
        return "none";
    }

    @Override
    String gateways(String cell) {
        return Names.namespace(cell);
    }

    @Test
    void aCellOfTheLinkRuns() {
        String cell = bring(cluster.unique(), "one");
        assertThat(plane.answer(plane.outsider(), "http://" + ExampleCells.host(cell) + "/"))
                .isEqualTo("one");
        link.delete(cell);
    }

    @Test
    void theOtherPodTakesOverFromOneThatIsLost() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(link.isWatched()).isTrue());
        String holder = holder();
        List<Pod> pods = pods();
        assertThat(pods).hasSize(2);
        long joins = joins();

        kill(holder);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(holder()).isNotEqualTo(holder));
        link.delete(bring(cluster.unique(), "two"));
        assertThat(joins()).as("it is the same data plane").isEqualTo(joins);
    }

    @Test
    void killedAgainAndAgainWhileItBringsACellItGetsThere() throws Exception {
        String project = cluster.unique();
        String cell = ExampleCells.name(project);
        Random random = new Random();
        for (int round = 1; round <= 3; round++) {
            link.put(ExampleCells.release(project, round, TestPlane.artifact(link, round % 2 == 0 ? "two" : "one")));
            // Anywhere between its first look at the cell and its last.
            Thread.sleep(random.nextLong(3_000));
            kill(holder());
        }

        ready(cell, 3);

        assertThat(plane.answer(plane.outsider(), "http://" + ExampleCells.host(cell) + "/"))
                .isEqualTo("one");
        link.delete(cell);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(plane.client()
                                .namespaces()
                                .withName(Names.namespace(cell))
                                .get())
                        .isNull());
    }

    /** Without a goodbye, so that its lease has to run out. */
    private void kill(String holder) {
        plane.client()
                .pods()
                .inNamespace(namespace)
                .withName(holder.substring(0, holder.indexOf('_')))
                .withGracePeriod(0)
                .delete();
    }

    @Test
    void anUpgradeReplacesThePodsAndTheCellsDoNotNotice() throws Exception {
        String project = cluster.unique();
        String cell = bring(project, "one");
        String uid = uid(cell);
        List<String> before = names(pods());

        helm.ok(
                "upgrade",
                RELEASE,
                Helm.CHART.toString(),
                "--namespace",
                namespace,
                "--values",
                values.toString(),
                "--set",
                "dataPlane.resources.requests.cpu=50m",
                "--wait",
                "--timeout",
                "5m");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(names(pods())).hasSize(2).doesNotContainAnyElementsOf(before));
        link.put(ExampleCells.release(project, 2, TestPlane.artifact(link, "two")));
        ready(cell, 2);
        assertThat(uid(cell)).isEqualTo(uid);
        link.delete(cell);
    }

    @Test
    void whatIsWrongOrMissingIsSaidBeforeAnythingIsChanged() throws Exception {
        Helm.Result nothing =
                helm.run("template", RELEASE, Helm.CHART.toString(), VERSION, "--set", "dataPlane.enabled=true");
        assertThat(nothing.status()).isNotZero();
        assertThat(nothing.said()).contains("dataPlane/image/repository").contains("imageRepository");

        Helm.Result unknown = helm.run(
                "template",
                RELEASE,
                Helm.CHART.toString(),
                VERSION,
                "--values",
                values.toString(),
                "--set",
                "dataPlane.replica=3");
        assertThat(unknown.status()).isNotZero();
        assertThat(unknown.said()).contains("replica");
        helm.ok("lint", Helm.CHART.toString(), "--strict", "--values", values.toString());
    }

    private String uid(String cell) {
        return plane.client()
                .resources(CellResource.class)
                .withName(cell)
                .get()
                .getMetadata()
                .getUid();
    }

    private long joins() {
        return link.asked().stream()
                .filter(request -> request.endsWith("/enrolments"))
                .count();
    }

    private String holder() {
        return plane.client()
                .leases()
                .inNamespace(namespace)
                .withName(Leadership.NAME)
                .get()
                .getSpec()
                .getHolderIdentity();
    }

    private List<Pod> pods() {
        return plane
                .client()
                .pods()
                .inNamespace(namespace)
                .withLabel("app.kubernetes.io/name", "cytoplane-data-plane")
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    private static List<String> names(List<Pod> pods) {
        return pods.stream().map(pod -> pod.getMetadata().getName()).toList();
    }
}
