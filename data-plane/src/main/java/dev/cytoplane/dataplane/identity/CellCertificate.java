package dev.cytoplane.dataplane.identity;

import java.time.Duration;
import java.time.Instant;

/**
 * A cell's certificate, for its gateway listeners and as client of other cells.
 *
 * @param chain PEM, leaf first, without the root
 * @param key PEM, PKCS #8
 * @param issuedAt when it was signed; it counts from a little earlier
 */
public record CellCertificate(String chain, String key, Instant issuedAt, Instant notAfter) {

    /** Half its life is over. */
    public boolean due(Instant now) {
        return !now.isBefore(dueAt());
    }

    /** When a new one is due. */
    public Instant dueAt() {
        return issuedAt.plus(Duration.between(issuedAt, notAfter).dividedBy(2));
    }

    @Override
    public String toString() {
        return "certificate until " + notAfter;
    }
}
