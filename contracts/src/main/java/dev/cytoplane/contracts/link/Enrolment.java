package dev.cytoplane.contracts.link;

import java.util.List;

/** Joining: a one-time token and two certificate requests become a data plane's identity. */
public final class Enrolment {

    private Enrolment() {}

    /**
     * {@code POST /link/v1/enrolments}, without a client certificate.
     *
     * @param token the one-time join token
     * @param agentRequest PEM certificate request for the agent's client certificate
     * @param workloadAuthorityRequest PEM certificate request for the intermediate authority that signs cell certificates
     * @param sealingKey Tink public keyset (hybrid encryption), JSON
     * @param runtime {@code local} or {@code kubernetes}
     */
    public record Request(
            String token, String agentRequest, String workloadAuthorityRequest, String sealingKey, String runtime) {}

    /**
     * @param dataPlane the data plane's name
     * @param trustDomain SPIFFE trust domain
     * @param domain the domain under which public addresses of its cells lie, {@code localhost} by default
     * @param agentCertificate PEM chain, leaf first
     * @param workloadAuthority PEM chain, the intermediate first
     * @param trustBundle PEM roots that certificates of cells and of the control plane chain to
     */
    public record Response(
            String dataPlane,
            String trustDomain,
            String domain,
            String agentCertificate,
            String workloadAuthority,
            String trustBundle) {}

    /** {@code POST /link/v1/certificates}, with the current client certificate: renews both. */
    public record Renewal(String agentRequest, String workloadAuthorityRequest) {}

    /** What a data plane may ask of the link, and nothing else; each but the first two is bound to the caller's certificate. */
    public static final List<String> OPERATIONS = List.of(
            "POST /link/v1/introductions",
            "POST /link/v1/enrolments",
            "POST /link/v1/certificates",
            "GET /link/v1/cells",
            "PUT /link/v1/cells/{cell}/status",
            "GET /link/v1/artifacts/{digest}",
            "PUT /link/v1/traffic",
            "PUT /link/v1/builds",
            "POST /link/v1/log-streams/{id}",
            "POST /link/v1/call-outcomes/{id}");
}
