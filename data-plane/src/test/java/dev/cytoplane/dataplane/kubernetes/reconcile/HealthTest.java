package dev.cytoplane.dataplane.kubernetes.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.contracts.cell.CellStatus.Phase;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of a workload, by what a cluster said of it: statuses as Kubernetes 1.34 writes them. */
class HealthTest {

    private static final String ROLLED_OUT = """
            metadata: {generation: 2}
            spec: {replicas: 2}
            status:
              observedGeneration: 2
              replicas: 2
              updatedReplicas: 2
              readyReplicas: %d
              conditions:
              - {type: Progressing, status: "True", reason: NewReplicaSetAvailable}
            """;

    private static final String ROLLING = """
            metadata: {generation: 2}
            spec: {replicas: 1}
            status:
              observedGeneration: 2
              replicas: 2
              updatedReplicas: 1
              readyReplicas: 1
              conditions:
              - {type: Progressing, status: "%s", reason: %s}
            """;

    @Test
    void allPodsOfTheNewestTemplateAreReady() {
        assertThat(Health.of(deployment(ROLLED_OUT.formatted(2)), List.of()))
                .isEqualTo(new Health(Phase.READY, "2 of 2 ready"));
    }

    @Test
    void whatIsScaledByLoadIsReadyWithTheFewestThatMayRun() {
        Deployment growing = deployment("""
                metadata: {generation: 3}
                spec: {replicas: 5}
                status:
                  observedGeneration: 3
                  replicas: 5
                  updatedReplicas: 5
                  readyReplicas: 2
                  conditions:
                  - {type: Progressing, status: "True", reason: NewReplicaSetAvailable}
                """);

        assertThat(Health.ofScaled(growing, List.of(), 2)).isEqualTo(new Health(Phase.READY, "2 of 5 ready"));
        assertThat(Health.ofScaled(growing, List.of(), 3).phase()).isEqualTo(Phase.DEGRADED);
        assertThat(Health.ofScaled(deployment(ROLLING.formatted("True", "ReplicaSetUpdated")), List.of(), 1)
                        .phase())
                .as("a new release has not replaced the old one")
                .isEqualTo(Phase.PROGRESSING);
    }

    @Test
    void itWasReadyAndIsNotAnyMore() {
        Pod pod = pod("""
                status:
                  containerStatuses:
                  - name: component
                    state: {waiting: {reason: CrashLoopBackOff, message: back-off 10s}}
                    lastState: {terminated: {exitCode: 137, reason: OOMKilled}}
                """);

        assertThat(Health.of(deployment(ROLLED_OUT.formatted(1)), List.of(pod)))
                .isEqualTo(new Health(
                        Phase.DEGRADED, "1 of 2 ready: it ends again and again, last with exit code 137 (OOMKilled)"));
    }

    @Test
    void anOlderTemplateStillRuns() {
        assertThat(Health.of(deployment(ROLLING.formatted("True", "ReplicaSetUpdated")), List.of())
                        .phase())
                .isEqualTo(Phase.PROGRESSING);
    }

    @Test
    void aChangeThatIsNotSeenYetIsNotReady() {
        Deployment deployment = deployment(ROLLED_OUT.formatted(2));
        deployment.getMetadata().setGeneration(3L);

        assertThat(Health.of(deployment, List.of()).phase()).isEqualTo(Phase.PROGRESSING);
    }

    @Test
    void aReleaseThatIsLateHasFailedAndTheCauseIsSaid() {
        Pod pod = pod("""
                status:
                  containerStatuses:
                  - name: component
                    image: registry.test/artifact:1
                    state: {waiting: {reason: ImagePullBackOff, message: not found}}
                """);

        assertThat(Health.of(deployment(ROLLING.formatted("False", "ProgressDeadlineExceeded")), List.of(pod)))
                .isEqualTo(new Health(
                        Phase.FAILED, "1 of 1 ready: the image registry.test/artifact:1 cannot be pulled: not found"));
    }

    @Test
    void noNodeHasRoom() {
        Pod pod = pod("""
                status:
                  conditions:
                  - {type: PodScheduled, status: "False", message: "0/1 nodes are available: 1 Insufficient memory."}
                """);

        assertThat(Health.of(deployment(ROLLING.formatted("True", "ReplicaSetUpdated")), List.of(pod))
                        .message())
                .isEqualTo("1 of 1 ready: no node has room for it: 0/1 nodes are available: 1 Insufficient memory.");
    }

    @Test
    void aPodThatIsHeldBySomethingSaysSo() {
        Pod pod = pod("""
                status:
                  initContainerStatuses:
                  - {name: fence, state: {running: {startedAt: "2026-01-01T00:00:00Z"}}}
                  containerStatuses:
                  - {name: component, state: {waiting: {reason: PodInitializing}}}
                """);

        assertThat(Health.of(deployment(ROLLING.formatted("True", "ReplicaSetUpdated")), List.of(pod))
                        .message())
                .isEqualTo("1 of 1 ready: it waits until its network policies are in force");
    }

    @Test
    void aQuotaThatIsUsedUpIsTheCause() {
        Deployment deployment = deployment("""
                metadata: {generation: 1}
                spec: {replicas: 1}
                status:
                  observedGeneration: 1
                  conditions:
                  - {type: Progressing, status: "True", reason: NewReplicaSetCreated}
                  - {type: ReplicaFailure, status: "True", message: "exceeded quota: cell"}
                """);

        assertThat(Health.of(deployment, List.of()))
                .isEqualTo(new Health(Phase.PROGRESSING, "0 of 1 ready: exceeded quota: cell"));
    }

    private static Deployment deployment(String yaml) {
        return Serialization.unmarshal("apiVersion: apps/v1\nkind: Deployment\n" + yaml, Deployment.class);
    }

    private static Pod pod(String yaml) {
        return Serialization.unmarshal("apiVersion: v1\nkind: Pod\n" + yaml, Pod.class);
    }
}
