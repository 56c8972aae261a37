package dev.cytoplane.controlplane.dataplane.link;

import dev.cytoplane.controlplane.dataplane.Callers;
import dev.cytoplane.controlplane.dataplane.authority.Authority;
import dev.cytoplane.controlplane.problem.Problem;
import dev.cytoplane.controlplane.tenancy.PlatformWork;
import jakarta.servlet.http.HttpServletRequest;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Knows data planes by their certificates. A certificate counts when the root itself issued it (not a data plane's
 * intermediate, which signs for its cells only), names a data plane, and is on the list of those that were not revoked.
 */
@Component
class Agents implements Callers {

    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
    private static final Integer URI_NAME = 6;

    private final Authority authority;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final PlatformWork platform;

    Agents(Authority authority, JdbcClient jdbc, Clock clock, PlatformWork platform) {
        this.authority = authority;
        this.jdbc = jdbc;
        this.clock = clock;
        this.platform = platform;
    }

    @Override
    public String dataPlane(HttpServletRequest request) {
        return require(request).dataPlane();
    }

    /** @throws Problem 401 when the caller has no certificate that counts */
    Agent require(HttpServletRequest request) {
        return certificate(request)
                .filter(this::isIssuedByRoot)
                .flatMap(it -> find(serial(it))
                        .filter(agent -> names(it)
                                .contains(authority
                                        .agentIdentity(agent.dataPlane())
                                        .toString())))
                .orElseThrow(() -> Problem.of(
                        HttpStatus.UNAUTHORIZED,
                        "unknown-data-plane",
                        "This needs the certificate of a data plane. Join again with a new token."));
    }

    /** Whether its certificate still counts; notes that it was here. */
    boolean isStillKnown(Agent agent) {
        return platform.call(() -> {
            jdbc.sql("update data_planes set last_seen_at = now() where id = ?")
                    .param(agent.dataPlaneId())
                    .update();
            return lookUp(agent.serial()).isPresent();
        });
    }

    /** In the platform's transaction. */
    void register(UUID dataPlane, String serial, Instant notAfter) {
        jdbc.sql("insert into agent_certificates (serial, data_plane_id, not_after) values (?, ?, ?)")
                .params(serial, dataPlane, OffsetDateTime.ofInstant(notAfter, ZoneOffset.UTC))
                .update();
    }

    /** In the platform's transaction. */
    void revokeAll(UUID dataPlane) {
        jdbc.sql("update agent_certificates set revoked_at = now() where data_plane_id = ? and revoked_at is null")
                .param(dataPlane)
                .update();
    }

    static String serial(X509Certificate certificate) {
        return certificate.getSerialNumber().toString(16);
    }

    private Optional<Agent> find(String serial) {
        return platform.call(() -> lookUp(serial));
    }

    private Optional<Agent> lookUp(String serial) {
        return jdbc.sql("""
                select d.id, d.name from agent_certificates c join data_planes d on d.id = c.data_plane_id
                where c.serial = ? and c.revoked_at is null and c.not_after > ?""")
                .params(serial, OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .query((row, number) -> new Agent(row.getObject("id", UUID.class), row.getString("name"), serial))
                .optional();
    }

    private static Optional<X509Certificate> certificate(HttpServletRequest request) {
        return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
                ? Optional.of(chain[0])
                : Optional.empty();
    }

    private boolean isIssuedByRoot(X509Certificate certificate) {
        try {
            certificate.checkValidity(Date.from(clock.instant()));
            certificate.verify(authority.root().getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static List<String> names(X509Certificate certificate) {
        try {
            var names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> URI_NAME.equals(name.get(0)))
                            .map(name -> String.valueOf(name.get(1)))
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }
}
