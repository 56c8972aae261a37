package dev.cytoplane.dataplane.runtime;

import dev.cytoplane.contracts.build.BuildOrder;
import dev.cytoplane.contracts.build.BuildReport;
import java.util.List;
import java.util.Optional;

/** Builds that this data plane is to run. */
public interface BuildOrders {

    /** A data plane that does not build. */
    BuildOrders NONE = new BuildOrders() {
        @Override
        public void wanted(List<BuildOrder> builds) {}

        @Override
        public Optional<BuildReport> report() {
            return Optional.empty();
        }
    };

    /** All that are wanted now. Told again and again, and soon returns. */
    void wanted(List<BuildOrder> builds);

    /** What it can build with, and how what is wanted is; empty when it does not build. */
    Optional<BuildReport> report();
}
