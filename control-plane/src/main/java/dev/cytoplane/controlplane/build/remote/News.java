package dev.cytoplane.controlplane.build.remote;

import dev.cytoplane.contracts.build.BuildReport;
import dev.cytoplane.contracts.build.BuildResult;

/** What is heard of a build. */
sealed interface News {

    /** A pod has come for it. */
    record Begun() implements News {}

    /** Its artifact comes in. */
    record Packed() implements News {}

    record Ended(BuildResult result) implements News {}

    /** What the data plane sees of its Job. */
    record Seen(BuildReport.Seen state) implements News {}
}
