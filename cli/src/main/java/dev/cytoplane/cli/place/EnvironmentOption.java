package dev.cytoplane.cli.place;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --environment} of commands that look at or change a component in one environment. A picocli mixin. */
public final class EnvironmentOption {

    @Option(
            names = {"-e", "--environment"},
            paramLabel = "NAME",
            description = "Default: the first stage of the pipeline.")
    private @Nullable String name;

    /** The environment that was named, else the first stage of the component's pipeline. */
    public String of(ComponentAddress component, Place place) {
        return place.environment(name, component);
    }
}
