package dev.cytoplane.controlplane.build.descriptor;

import dev.cytoplane.contracts.descriptor.Descriptor;
import dev.cytoplane.controlplane.build.descriptor.DescriptorRules.Finding;
import dev.cytoplane.controlplane.cell.Instances;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the scale of a descriptor must fulfil. */
final class ScaleRules {

    private static final Pattern MEMORY = Pattern.compile("[1-9][0-9]{0,8}(Ki|Mi|Gi|K|k|M|G)?");
    private static final Pattern CPU = Pattern.compile("[1-9][0-9]{0,5}m|[0-9]{1,3}(\\.[0-9]{1,3})?");

    private final List<Finding> findings = new ArrayList<>();

    private ScaleRules() {}

    static List<Finding> check(Descriptor.@Nullable Scale scale) {
        ScaleRules rules = new ScaleRules();
        if (scale != null) {
            rules.scale(scale);
        }
        return rules.findings;
    }

    private void scale(Descriptor.Scale scale) {
        range("scale.replicas", scale.replicas(), 0, Instances.MOST);
        require(
                scale.memory() == null || MEMORY.matcher(scale.memory()).matches(),
                "scale.memory",
                "has to be a quantity like 256Mi.");
        require(
                scale.cpu() == null || CPU.matcher(scale.cpu()).matches(),
                "scale.cpu",
                "has to be a quantity like 500m.");
        if (scale.autoscaling() != null) {
            require(
                    scale.replicas() == null,
                    "scale.replicas",
                    "is a fixed number, and scale.autoscaling is given too: leave one of them out.");
            autoscaling(scale.autoscaling());
        }
    }

    private void autoscaling(Descriptor.Autoscaling load) {
        Integer min = load.minInstances();
        Integer max = load.maxInstances();
        range("scale.autoscaling.minInstances", min, 1, Instances.MOST);
        require(max != null, "scale.autoscaling.maxInstances", "is missing: how many may run at most?");
        range("scale.autoscaling.maxInstances", max, 1, Instances.MOST);
        require(
                min == null || max == null || min <= max,
                "scale.autoscaling.minInstances",
                "is %d, which is more than maxInstances, %d.".formatted(min, max));
        range("scale.autoscaling.cpuPercent", load.cpuPercent(), 1, 100);
        range("scale.autoscaling.memoryPercent", load.memoryPercent(), 1, 100);
    }

    private void range(String field, @Nullable Integer value, int least, int most) {
        require(
                value == null || (value >= least && value <= most),
                field,
                "has to be between %d and %d.".formatted(least, most));
    }

    private void require(boolean holds, String field, String message) {
        if (!holds) {
            findings.add(new Finding(field, message));
        }
    }
}
