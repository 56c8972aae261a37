package dev.cytoplane.controlplane.release;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.Descriptor;
import java.time.Instant;
import java.util.UUID;

/**
 * An immutable snapshot of a component.
 *
 * @param id {@code r-<12 hex digits>} of the hash of artifact, descriptor and schemas; unique in its component
 * @param commit the commit of the first build that produced it
 */
public record Release(
        String id,
        UUID componentId,
        String commit,
        String builder,
        Cell.Artifact artifact,
        Descriptor descriptor,
        Instant createdAt) {}
