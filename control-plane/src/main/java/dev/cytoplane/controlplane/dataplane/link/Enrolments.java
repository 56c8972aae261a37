package dev.cytoplane.controlplane.dataplane.link;

import dev.cytoplane.contracts.link.Enrolment;
import dev.cytoplane.contracts.link.Introduction;
import dev.cytoplane.controlplane.audit.Audit;
import dev.cytoplane.controlplane.dataplane.JoinTokens;
import dev.cytoplane.controlplane.dataplane.authority.Authority;
import dev.cytoplane.controlplane.event.Outbox;
import dev.cytoplane.controlplane.problem.Problem;
import dev.cytoplane.controlplane.secret.SealingKey;
import dev.cytoplane.controlplane.tenancy.PlatformWork;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Gives data planes their identity, and renews it. */
@Component
class Enrolments {

    private static final Set<String> RUNTIMES = Set.of("local", "kubernetes");

    private final Authority authority;
    private final Agents agents;
    private final JoinTokens tokens;
    private final JdbcClient jdbc;
    private final Audit audit;
    private final Outbox outbox;
    private final PlatformWork platform;

    Enrolments(
            Authority authority,
            Agents agents,
            JoinTokens tokens,
            JdbcClient jdbc,
            Audit audit,
            Outbox outbox,
            PlatformWork platform) {
        this.authority = authority;
        this.agents = agents;
        this.tokens = tokens;
        this.jdbc = jdbc;
        this.audit = audit;
        this.outbox = outbox;
        this.platform = platform;
    }

    private record Known(UUID id, String name, String domain) {}

    /** Says who the platform is, to who has a token that counts, and to nobody else. */
    Introduction.Response introduce(Introduction.Request request) {
        byte[] hash = platform.call(() -> tokens.introduced(request.handle())).orElseThrow(Enrolments::unknownToken);
        return new Introduction.Response(authority.fingerprint(), Introduction.proof(hash, authority.fingerprint()));
    }

    private static Problem unknownToken() {
        return Problem.of(
                HttpStatus.UNAUTHORIZED,
                "invalid-join-token",
                "The join token is unknown, used or expired. Ask a platform admin for a new one.");
    }

    /** A request that is refused for another reason than its token does not use the token up. */
    Enrolment.Response join(Enrolment.Request request) {
        if (!RUNTIMES.contains(request.runtime())) {
            throw Problem.invalid("runtime", "must be one of " + String.join(", ", RUNTIMES));
        }
        try {
            SealingKey.parse(request.sealingKey());
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("sealingKey", String.valueOf(e.getMessage()));
        }
        String identity = request.sealingKey() + keysOf(request);
        return platform.call(() -> {
            UUID id = tokens.use(request.token(), identity).orElseThrow(Enrolments::unknownToken);
            Known dataPlane = known(id);
            agents.revokeAll(id);
            Authority.Issued issued = issue(dataPlane, request.agentRequest(), request.workloadAuthorityRequest());
            jdbc.sql("""
                    update data_planes set runtime = ?, sealing_key = ?, joined_at = now(), version = version + 1,
                        updated_at = now() where id = ?""").params(request.runtime(), request.sealingKey(), id).update();
            audit.record(
                    Audit.PLATFORM,
                    "dataplane.joined",
                    "dataplane/" + dataPlane.name(),
                    Map.of("runtime", request.runtime(), "certificate", issued.agentSerial()));
            tellOrganizations(dataPlane.name());
            return response(dataPlane, issued);
        });
    }

    /** The certificate from before counts on until it ends, so that a lost answer locks nobody out. */
    Enrolment.Response renew(Agent agent, Enrolment.Renewal request) {
        return platform.call(() -> {
            Known dataPlane = known(agent.dataPlaneId());
            Authority.Issued issued = issue(dataPlane, request.agentRequest(), request.workloadAuthorityRequest());
            audit.record(
                    Audit.PLATFORM,
                    "dataplane.renewed",
                    "dataplane/" + dataPlane.name(),
                    Map.of("certificate", issued.agentSerial(), "before", agent.serial()));
            return response(dataPlane, issued);
        });
    }

    private String keysOf(Enrolment.Request request) {
        try {
            return authority.keysOf(request.agentRequest(), request.workloadAuthorityRequest());
        } catch (Authority.InvalidRequest e) {
            throw Problem.invalid(e.field(), String.valueOf(e.getMessage()));
        }
    }

    private Authority.Issued issue(Known dataPlane, String agentRequest, String workloadAuthorityRequest) {
        try {
            Authority.Issued issued =
                    authority.issue(dataPlane.name(), dataPlane.domain(), agentRequest, workloadAuthorityRequest);
            agents.register(dataPlane.id(), issued.agentSerial(), issued.agentNotAfter());
            return issued;
        } catch (Authority.InvalidRequest e) {
            throw Problem.invalid(e.field(), String.valueOf(e.getMessage()));
        }
    }

    private Enrolment.Response response(Known dataPlane, Authority.Issued issued) {
        return new Enrolment.Response(
                dataPlane.name(),
                authority.trustDomain(),
                dataPlane.domain(),
                issued.agentCertificate(),
                issued.workloadAuthority(),
                authority.trustBundle());
    }

    /** It has a new key, so what is sealed to it is sealed anew. In the order of ids, so that no two joins deadlock. */
    private void tellOrganizations(String dataPlane) {
        jdbc.sql("select distinct organization_id from environments where data_plane = ? order by organization_id")
                .param(dataPlane)
                .query(UUID.class)
                .list()
                .forEach(organization -> outbox.publish(
                        organization, "dataplane.enrolled", "dataplane/" + dataPlane, Map.of("dataPlane", dataPlane)));
    }

    private Known known(UUID id) {
        return jdbc.sql("select id, name, domain from data_planes where id = ?")
                .param(id)
                .query((row, number) ->
                        new Known(row.getObject("id", UUID.class), row.getString("name"), row.getString("domain")))
                .single();
    }
}
