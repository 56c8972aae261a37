package dev.cytoplane.dataplane.identity;

import java.time.Duration;
import java.time.Instant;

/**
 * A cell's certificate, for its gateway listeners and as client of other cells.
 *
 * @param chain PEM, leaf first, without the root
 * @param key PEM, PKCS #8
 */
public record CellCertificate(String chain, String key, Instant notBefore, Instant notAfter) {

    /** Half its life is over. */
    public boolean due(Instant now) {
        return !now.isBefore(
                notBefore.plus(Duration.between(notBefore, notAfter).dividedBy(2)));
    }

    @Override
    public String toString() {
        return "certificate until " + notAfter;
    }
}
