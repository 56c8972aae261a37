package dev.cytoplane.builder.pod;

import dev.cytoplane.builder.BuildFailure;
import dev.cytoplane.builder.Tool;
import dev.cytoplane.builder.Toolchain;
import dev.cytoplane.builder.run.InstalledToolchain;
import dev.cytoplane.builder.run.ToolHomes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Prints the setting that says what a build image assembled from this machine has. */
public final class InstalledTools {

    private InstalledTools() {}

    /** @param arguments the folder of Maven, where it is not the one on the PATH */
    public static void main(String[] arguments) {
        Path maven = arguments.length == 0 ? null : Path.of(arguments[0]);
        Toolchain tools = new InstalledToolchain(new ToolHomes(null, null, maven));
        System.out.println("cytoplane.data-plane.builds.tools="
                + List.<Supplier<Tool>>of(tools::java, tools::maven, tools::node, tools::npm).stream()
                        .flatMap(tool -> find(tool).stream())
                        .map(tool -> tool.name() + "=" + tool.version())
                        .collect(Collectors.joining(",")));
    }

    private static Optional<Tool> find(Supplier<Tool> tool) {
        try {
            return Optional.of(tool.get());
        } catch (BuildFailure e) {
            return Optional.empty();
        }
    }
}
