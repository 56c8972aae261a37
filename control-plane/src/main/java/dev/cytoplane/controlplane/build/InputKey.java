package dev.cytoplane.controlplane.build;

import dev.cytoplane.builder.Builder;
import dev.cytoplane.builder.Tool;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.controlplane.source.ComponentSource;
import dev.cytoplane.controlplane.source.Revision;
import java.util.List;
import java.util.Map;

/**
 * A hash over everything a build depends on. The files stand for their contents and the build settings in them; builder
 * and tools for how they are built; name and type of the component for what the descriptor leaves out.
 */
final class InputKey {

    /** Counts the changes of how the platform itself packs a product. */
    private static final int FORMAT = 1;

    private InputKey() {}

    static String of(ComponentSource source, Revision revision, Builder builder, List<Tool> tools, String platform) {
        return ContractJson.contentHash(Map.of(
                "format",
                FORMAT,
                "tree",
                revision.tree().name(),
                "component",
                source.scope().component(),
                "type",
                String.valueOf(source.type()),
                "builder",
                builder.name(),
                "builderVersion",
                builder.version(),
                "tools",
                tools.stream().map(tool -> tool.name() + " " + tool.version()).toList(),
                "platform",
                platform));
    }
}
