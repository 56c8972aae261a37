package dev.cytoplane.dataplane.kubernetes.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.contracts.build.BuildOrder;
import dev.cytoplane.contracts.build.BuildReport.Phase;
import dev.cytoplane.contracts.build.BuildReport.Seen;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeenBuildTest {

    private static final BuildOrder ORDER = BuildObjectsTest.ORDER;
    private static final Job JOB = BuildJob.job(ORDER, BuildObjectsTest.builds());

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {phase: Running}                                              | RUNNING |
            {phase: Succeeded}                                            | ENDED   |
            {phase: Pending}                                              | WAITING |
            {phase: Failed, reason: Evicted, message: 'Usage of EmptyDir volume "build" exceeds the limit. emptyDir'} | FAILED | wrote more to the disk
            {phase: Failed, reason: Evicted, message: 'The node was low on resource: memory'} | LOST | low on resource
            {phase: Failed, reason: NodeLost, message: 'The node is gone'} | LOST | The node is gone
            {phase: Pending, conditions: [{type: PodScheduled, status: 'False', message: '0/1 nodes are available'}]} | WAITING | 0/1 nodes
            {phase: Pending, containerStatuses: [{name: build, state: {waiting: {reason: ImagePullBackOff, message: 'Back-off pulling image'}}}]} | WAITING | image cannot be pulled
            {phase: Pending, containerStatuses: [{name: build, state: {waiting: {reason: PodInitializing}}}]} | WAITING |
            {phase: Failed, containerStatuses: [{name: build, state: {terminated: {exitCode: 137, reason: OOMKilled}}}]} | FAILED | 2048 MB of memory
            {phase: Failed, containerStatuses: [{name: build, state: {terminated: {exitCode: 1, reason: Error, message: "a\\nno route to host"}}}]} | ENDED | exit code is 1. no route to host
            {phase: Succeeded, containerStatuses: [{name: build, state: {terminated: {exitCode: 0, reason: Completed}}}]} | ENDED |
            """)
    void thePodSaysWhy(String status, Phase phase, String part) {
        Pod pod = Serialization.unmarshal("metadata: {name: x}\nstatus: " + status, Pod.class);

        Seen seen = SeenBuild.of(ORDER, JOB, Optional.of(pod), () -> Optional.of("not asked"));

        assertThat(seen.phase()).isEqualTo(phase);
        if (part == null) {
            assertThat(seen.message()).isNull();
        } else {
            assertThat(seen.message()).contains(part.strip());
        }
        assertThat(seen.attempt()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"Completed, LOST, was deleted", "OOMKilled, FAILED, MB of memory"})
    void howTheProgramOfADeletedPodEndedSaysNothingUnlessMemoryDidIt(String reason, Phase phase, String part) {
        Pod pod = Serialization.unmarshal("""
                metadata: {name: x, deletionTimestamp: "2026-01-01T00:00:00Z"}
                status:
                  phase: Succeeded
                  containerStatuses: [{name: build, state: {terminated: {exitCode: 0, reason: %s}}}]
                """.formatted(reason), Pod.class);

        Seen seen = SeenBuild.of(ORDER, JOB, Optional.of(pod), Optional::empty);

        assertThat(seen.phase()).isEqualTo(phase);
        assertThat(seen.message()).contains(part);
    }

    @Test
    void aJobThatIsGoneIsMadeAnewUnlessItsPodHadBegun() {
        BuildOrder begun = new BuildOrder(ORDER.build(), 2, "t", true, 600, 1, 1);

        assertThat(SeenBuild.of(ORDER, null, Optional.empty(), Optional::empty).phase())
                .isEqualTo(Phase.WAITING);
        assertThat(SeenBuild.of(begun, null, Optional.empty(), Optional::empty))
                .isEqualTo(new Seen(ORDER.build(), 2, Phase.LOST, "The build's Job was deleted while it ran."));
    }

    @Test
    void aJobWithoutAPodSaysWhatTheClusterSays() {
        Seen refused = SeenBuild.of(ORDER, JOB, Optional.empty(), () -> Optional.of("exceeded quota"));
        Seen gone = SeenBuild.of(ORDER, failed("BackoffLimitExceeded"), Optional.empty(), Optional::empty);
        Seen overdue = SeenBuild.of(ORDER, failed("DeadlineExceeded"), Optional.empty(), Optional::empty);

        assertThat(refused.message()).isEqualTo("exceeded quota");
        assertThat(gone.phase()).isEqualTo(Phase.LOST);
        assertThat(overdue.phase()).isEqualTo(Phase.FAILED);
    }

    private static Job failed(String reason) {
        return new JobBuilder(JOB)
                .withNewStatus()
                .addNewCondition()
                .withType("Failed")
                .withStatus("True")
                .withReason(reason)
                .endCondition()
                .endStatus()
                .build();
    }
}
