package dev.cytoplane.testcluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@WithKubernetes
class WithKubernetesTest {

    @Test
    void aClassIsGivenNamespacesOfItsOwn(Cluster cluster) {
        String first = cluster.namespace();
        String second = cluster.namespace();

        assertThat(first).isNotEqualTo(second);
        assertThat(cluster.client()
                        .namespaces()
                        .withName(first)
                        .get()
                        .getStatus()
                        .getPhase())
                .isEqualTo("Active");
    }

    @Test
    @EnabledIfEnvironmentVariable(named = OwnCluster.VERSION, matches = ".+")
    @DisabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+")
    void itIsOfTheVersionThatWasAskedFor(Cluster cluster) {
        assertThat(cluster.version()).startsWith("v" + System.getenv(OwnCluster.VERSION) + ".");
    }

    @Test
    void theSecondClusterIsAnotherOne(Cluster cluster, @Second Cluster second) {
        String namespace = cluster.namespace();

        assertThat(second.client().namespaces().withName(namespace).get())
                .as("a namespace of the first in %s", second.description())
                .isNull();
        assertThat(second.client().nodes().list().getItems()).isNotEmpty();
    }
}
