package dev.cytoplane.controlplane.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.contracts.link.Introduction;
import dev.cytoplane.controlplane.api.ControlPlaneTest;
import dev.cytoplane.controlplane.dataplane.authority.Authority;
import dev.cytoplane.controlplane.dataplane.link.TestDataPlane;
import dev.cytoplane.controlplane.listener.Listener;
import dev.cytoplane.controlplane.listener.Listeners;
import dev.cytoplane.controlplane.tenancy.Tenancy;
import java.net.http.HttpResponse;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@ControlPlaneTest
class StandingInvitationTests {

    @Autowired
    Listeners listeners;

    @Autowired
    Authority authority;

    @Autowired
    DataPlanes dataPlanes;

    @Autowired
    Tenancy tenancy;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private final String name = "dp-" + UUID.randomUUID().toString().substring(0, 8);
    private final String token = UUID.randomUUID() + "-" + UUID.randomUUID();
    private StandingInvitation invitation;
    private TestDataPlane stranger;

    @BeforeEach
    void invite() {
        invitation = new StandingInvitation(new StandingInvitation.Settings(name, "cells.example", token), dataPlanes);
        invitation.renew();
        stranger = stranger();
    }

    @Test
    void isGoodForOneDataPlaneAndUntilItHasCome() {
        assertThat(dataPlanes.get(name).domain()).isEqualTo("cells.example");
        expire();
        assertThat(stranger.join(token).statusCode()).isEqualTo(401);

        invitation.renew();

        assertThat(stranger.join(token).statusCode()).isEqualTo(200);
        invitation.renew();
        assertThat(stranger().join(token).statusCode()).as("used by another").isEqualTo(401);
        expire();
        invitation.renew();
        assertThat(stranger.join(token).statusCode())
                .as("a used token lives no longer")
                .isEqualTo(401);
    }

    @Test
    void whoHasTheTokenIsToldWhoThePlatformIsAndNobodyElse() {
        byte[] hash = Introduction.hash(token);

        HttpResponse<String> told = introduce(Introduction.handle(hash));

        assertThat(told.statusCode()).isEqualTo(200);
        assertThat(ContractJson.MAPPER.readValue(told.body(), Introduction.Response.class))
                .isEqualTo(new Introduction.Response(
                        authority.fingerprint(), Introduction.proof(hash, authority.fingerprint())));
        assertThat(introduce(Introduction.handle(Introduction.hash(token + "x")))
                        .statusCode())
                .isEqualTo(401);
        assertThat(introduce(HexFormat.of().formatHex(hash)).statusCode())
                .as("the hash itself names nothing")
                .isEqualTo(401);
        expire();
        assertThat(introduce(Introduction.handle(hash)).statusCode()).isEqualTo(401);
    }

    @Test
    void aShortTokenInvitesNobody() {
        String other = "dp-" + UUID.randomUUID().toString().substring(0, 8);
        new StandingInvitation(new StandingInvitation.Settings(other, "cells.example", "secret"), dataPlanes).renew();
        assertThat(dataPlanes.exists(other)).isFalse();
    }

    private HttpResponse<String> introduce(String handle) {
        return stranger.send(
                "POST", "/link/v1/introductions", ContractJson.canonical(new Introduction.Request(handle)));
    }

    private TestDataPlane stranger() {
        return TestDataPlane.stranger(listeners.port(Listener.LINK).orElseThrow(), authority.trustBundle());
    }

    private void expire() {
        tenancy.asPlatform(() -> transaction.executeWithoutResult(status -> assertThat(
                        jdbc.sql("update join_tokens set expires_at = now() - interval '1 second' where token_hash = ?")
                                .param(Introduction.hash(token))
                                .update())
                .isOne()));
    }
}
