package dev.cytoplane.dataplane.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.dataplane.kubernetes.testing.DataPlaneAccount;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the chart lets a data plane do. That it is enough is shown by KubernetesAgentTest, in a cluster. */
class DataPlaneRulesTest {

    private static final List<PolicyRule> ALL = Stream.of(
                    DataPlaneAccount.CLUSTER_RULES, DataPlaneAccount.OWN_RULES, DataPlaneAccount.BUILD_RULES)
            .flatMap(file -> DataPlaneAccount.rules(file).stream())
            .toList();

    @Test
    void everyVerbAndEveryResourceIsWrittenOut() {
        assertThat(ALL).isNotEmpty().allSatisfy(rule -> {
            assertThat(rule.getApiGroups()).isNotEmpty().doesNotContain("*");
            assertThat(rule.getResources()).isNotEmpty().doesNotContain("*");
            assertThat(rule.getVerbs())
                    .isNotEmpty()
                    .doesNotContain("*", "deletecollection", "impersonate", "escalate", "bind");
        });
    }

    @Test
    void itCannotGiveItselfRightsNorRunCommandsInPods() {
        assertThat(ALL)
                .flatExtracting(PolicyRule::getApiGroups)
                .doesNotContain("rbac.authorization.k8s.io", "admissionregistration.k8s.io");
        assertThat(ALL)
                .flatExtracting(PolicyRule::getResources)
                .doesNotContain(
                        "pods/exec", "pods/attach", "pods/ephemeralcontainers", "serviceaccounts/token", "nodes");
    }

    @Test
    void itReadsSecretsOneByOneOnlyAtHome() {
        assertThat(DataPlaneAccount.rules(DataPlaneAccount.OWN_RULES))
                .filteredOn(rule -> rule.getResources().contains("secrets")
                        && rule.getVerbs().contains("get"))
                .allSatisfy(rule -> assertThat(rule.getResourceNames()).hasSize(1));
    }
}
