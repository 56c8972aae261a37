package dev.cytoplane.controlplane.component;

import dev.cytoplane.contracts.descriptor.ComponentType;
import dev.cytoplane.controlplane.concurrency.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A deployable unit of a project.
 *
 * @param type null when the source says what it is
 * @param autoDeploy whether a release that was built goes to the first stage of the project's pipeline by itself
 * @param autoRollback whether a deployment that failed is replaced by what is still live, by itself
 * @param gitUrl where its source can be pushed to
 * @param webhookUrl where its Git host sends deliveries to
 */
@Schema(name = "Component")
public record ComponentResource(
        UUID id,
        String name,
        String displayName,
        @Nullable ComponentType type,
        Source source,
        boolean autoDeploy,
        boolean autoRollback,
        String gitUrl,
        String webhookUrl,
        Instant createdAt,
        Instant updatedAt,
        long version)
        implements Versioned {

    /**
     * Where its source is.
     *
     * @param kind {@code platform}: the Git repository that the platform keeps for it; {@code git}: an outside one
     * @param url of the outside repository
     * @param branch what is built when nothing else is asked for
     * @param directory where in the repository the component is
     * @param credentials whether there are credentials for the outside repository; they are never shown
     */
    @Schema(name = "ComponentSource")
    public record Source(SourceKind kind, @Nullable String url, String branch, String directory, boolean credentials) {}
}
