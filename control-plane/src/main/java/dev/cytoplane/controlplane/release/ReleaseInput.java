package dev.cytoplane.controlplane.release;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.Descriptor;
import java.util.Map;
import java.util.UUID;

/**
 * What a build hands over.
 *
 * @param commit the commit it was built from
 * @param builder which builder built it
 * @param artifact where its files are stored, see {@link dev.cytoplane.controlplane.artifact.Artifacts}
 * @param descriptor the component's declaration with everything the builder detected filled in (type, run command)
 * @param schemas endpoint schemas, by endpoint name
 * @param inputKey a hash over everything the build depends on: equal keys need no second build
 */
public record ReleaseInput(
        UUID organizationId,
        UUID componentId,
        String commit,
        String builder,
        Cell.Artifact artifact,
        Descriptor descriptor,
        Map<String, String> schemas,
        String inputKey) {}
