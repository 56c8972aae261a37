package dev.cytoplane.controlplane.secret;

import java.util.UUID;

/**
 * Seals what must not be readable in the database. Each value is encrypted with a key of its own, which in turn is
 * encrypted with the platform's master key (envelope encryption); organization and context are bound to it, so that a
 * sealed value copied to another row or tenant does not open. Thread-safe.
 */
public interface Vault {

    /**
     * @param organizationId whose value it is
     * @param context what the value is, stable for its whole life, for example {@code webhook/<component id>}
     */
    byte[] seal(UUID organizationId, byte[] plain, String context);

    /**
     * @throws IllegalStateException when the value was not sealed for this organization and context, or was changed
     */
    byte[] open(UUID organizationId, byte[] sealed, String context);
}
