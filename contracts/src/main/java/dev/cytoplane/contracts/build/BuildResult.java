package dev.cytoplane.contracts.build;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.ComponentType;
import java.util.List;
import java.util.Map;

/** How a build ended, {@code POST /link/v1/builds/{build}/result}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = BuildResult.Built.class, name = "BUILT"),
    @JsonSubTypes.Type(value = BuildResult.Failed.class, name = "FAILED")
})
public sealed interface BuildResult {

    /**
     * The artifact was brought before.
     *
     * @param digest of the artifact, {@code sha256:<hex>}
     * @param command program and arguments that start it; empty for a static one
     * @param environment variables that such a program usually wants
     * @param component what it is, when nothing else says so
     */
    record Built(
            String digest,
            Cell.Artifact.Kind kind,
            List<String> command,
            Map<String, String> environment,
            ComponentType component)
            implements BuildResult {}

    /** @param message for the author of the source */
    record Failed(String message) implements BuildResult {}
}
