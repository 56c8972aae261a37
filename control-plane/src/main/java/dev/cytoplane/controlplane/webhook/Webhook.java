package dev.cytoplane.controlplane.webhook;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * How deliveries for a component are taken.
 *
 * @param sealedSecret with which the sender proves itself
 * @param branches patterns; the component's own branch when empty
 * @param paths patterns of files, one of which has to be changed; any when empty
 */
record Webhook(
        UUID organizationId,
        UUID componentId,
        String provider,
        byte[] sealedSecret,
        List<String> branches,
        List<String> paths,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    static final String GITHUB = "github";

    static String context(UUID componentId) {
        return "webhook/" + componentId;
    }
}
