package dev.cytoplane.contracts.build;

import java.util.UUID;

/**
 * A build that a data plane is to run.
 *
 * @param attempt the how manyth time this build is tried; another attempt is another Job
 * @param token what the build's pod shows to the control plane: good for this attempt, and for the first pod that shows it
 * @param begun a pod has shown it: should that pod be gone, no other takes its place
 * @param seconds how long it may take once it has begun
 * @param memory bytes, of all its processes together
 * @param disk bytes that it may write
 */
public record BuildOrder(UUID build, int attempt, String token, boolean begun, int seconds, long memory, long disk) {

    /** Without what must stay secret. */
    @Override
    public String toString() {
        return "build " + build + ", attempt " + attempt;
    }
}
