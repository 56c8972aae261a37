package dev.cytoplane.dataplane;

import static dev.cytoplane.dataplane.testing.TestCells.cell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.cell.CellStatus.Phase;
import dev.cytoplane.dataplane.testing.TlsConnection;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Certificates that live for minutes, on a clock that is set forward: the agent's, its authority's, and so the cells'.
 * Every certificate counts by the real clock too, by which TLS checks it, so no step of this test is timed.
 */
class RenewalTest extends WithAgent {

    /** The clock begins this long ago, and ends less than the authority's allowance for clocks ahead of the real one. */
    private static final Duration BACK = Duration.ofMinutes(7);

    private static final Duration LIFE = Duration.ofMinutes(11);
    /** More than two thirds of the life, counted from the beginning of that allowance. */
    private static final Duration UNTIL_DUE = Duration.ofSeconds(345);

    @Override
    void prepare() {
        clock.advance(BACK.negated());
        link.certificatesLive(LIFE);
    }

    @Test
    void everyCertificateIsRenewedWhenDueAndNoConnectionIsLost() throws Exception {
        link.put(cell("shop", 1, release("web", 1).build()));
        awaitPhase(1, Phase.READY);
        assertThat(renewals()).isZero();
        Set<BigInteger> shown = new LinkedHashSet<>();
        try (TlsConnection kept = connect()) {
            shown.add(kept.certificate().getSerialNumber());
            for (int renewal = 1; renewal <= 2; renewal++) {
                clock.advance(UNTIL_DUE);
                long expected = renewal;
                await().atMost(PATIENCE).until(() -> renewals() == expected);
                await().atMost(PATIENCE).until(() -> {
                    assertThat(kept.get("/")).isEqualTo("1");
                    return shown.add(certificateOfANewConnection());
                });
            }
            assertThat(kept.get("/")).isEqualTo("1");
        }
        assertThat(link.asked())
                .filteredOn(asked -> asked.startsWith("GET /link/v1/cells"))
                .as("one watch from the beginning to the end")
                .hasSize(1);
        link.put(cell("shop", 2, release("web", 2).build()));
        awaitPhase(2, Phase.READY);
        assertThat(get("/").body()).isEqualTo("2");
        try (Stream<Path> files = Files.list(settings.state().resolve("gateway/certificates"))) {
            assertThat(files)
                    .as("certificate, key and roots; earlier ones are gone")
                    .hasSize(3);
        }
    }

    private long renewals() {
        return link.asked().stream()
                .filter(asked -> asked.equals("POST /link/v1/certificates"))
                .count();
    }

    /** Its handshake fails unless the certificate counts now. */
    private BigInteger certificateOfANewConnection() throws IOException {
        try (TlsConnection connection = connect()) {
            return connection.certificate().getSerialNumber();
        }
    }

    private TlsConnection connect() throws IOException {
        return TlsConnection.open(
                link.trusting(), Objects.requireNonNull(settings.gateway().httpsPort()), CELL + ".localhost");
    }
}
