package dev.cytoplane.controlplane.build.remote;

import dev.cytoplane.builder.BuildFailure;
import dev.cytoplane.builder.Tool;
import dev.cytoplane.builder.Toolchain;
import java.nio.file.Path;
import java.util.Map;

/**
 * The tools of a data plane's build image, by what it says of them. Where they are there, only the pod knows.
 *
 * @param versions by name
 */
record TheirTools(String dataPlane, Map<String, String> versions) implements Toolchain {

    private static final Path ELSEWHERE = Path.of("/elsewhere");

    @Override
    public Tool node() {
        return tool("node");
    }

    @Override
    public Tool npm() {
        return tool("npm");
    }

    @Override
    public Tool java() {
        return tool("java");
    }

    @Override
    public Tool maven() {
        return tool("maven");
    }

    private Tool tool(String name) {
        String version = versions.get(name);
        if (version == null) {
            throw new BuildFailure(
                    "This component is built with %s, and the build image of the data plane %s has none. Its operator can put it there (cytoplane.data-plane.builds.tools)."
                            .formatted(name, dataPlane));
        }
        return new Tool(name, ELSEWHERE, version, ELSEWHERE);
    }
}
