package dev.cytoplane.controlplane.dataplane.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.controlplane.api.Client;
import dev.cytoplane.controlplane.api.ControlPlaneTest;
import dev.cytoplane.controlplane.api.TestIssuer;
import dev.cytoplane.controlplane.dataplane.authority.Authority;
import dev.cytoplane.controlplane.listener.Listener;
import dev.cytoplane.controlplane.listener.Listeners;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/** The link's certificate while weeks go by and the control plane is never restarted. */
@ControlPlaneTest
@Import(LinkRenewalTests.Weeks.class)
class LinkRenewalTests {

    /** Before two thirds of thirty days are over, and long after. What is issued at the start has not ended by now. */
    private static final Instant START = Instant.now().minus(Duration.ofDays(25));

    @TestConfiguration(proxyBeanMethods = false)
    static class Weeks {

        @Bean
        @Primary
        HandClock handClock() {
            return new HandClock();
        }
    }

    static final class HandClock extends Clock {
        private volatile Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @LocalServerPort
    int port;

    @Autowired
    Listeners listeners;

    @Autowired
    Authority authority;

    @Autowired
    HandClock clock;

    @Test
    void newConnectionsGetARenewedCertificateAndOpenOnesGoOn() throws Exception {
        Client admin = Client.of(port, "root").withToken(TestIssuer.SHARED.platformAdmin("root"));
        int link = listeners.port(Listener.LINK).orElseThrow();
        TestDataPlane dataPlane = TestDataPlane.joined(admin, link, authority.trustBundle(), "weeks");
        X509Certificate first = shown(link);

        clock.now = START.plus(Duration.ofDays(19));
        listeners.renew();
        assertThat(shown(link).getSerialNumber()).as("not yet").isEqualTo(first.getSerialNumber());

        try (TestDataPlane.Watch watch = dataPlane.watch(null)) {
            watch.next(LinkEvent.SnapshotCompleted.class);
            clock.now = START.plus(Duration.ofDays(21));
            listeners.renew();
            X509Certificate second = shown(link);

            assertThat(second.getSerialNumber()).isNotEqualTo(first.getSerialNumber());
            assertThat(second.getPublicKey()).as("with a key of its own").isNotEqualTo(first.getPublicKey());
            assertThat(second.getNotAfter()).isAfter(Date.from(clock.now.plus(Duration.ofDays(29))));
            second.verify(authority.root().getPublicKey());
            watch.next(LinkEvent.Heartbeat.class);
            assertThat(dataPlane.renew().statusCode())
                    .as("a client certificate is asked for as before")
                    .isEqualTo(200);
        }
    }

    private X509Certificate shown(int link) throws Exception {
        TestDataPlane visitor = TestDataPlane.stranger(link, authority.trustBundle());
        HttpResponse<Void> answer = visitor.client()
                .send(
                        HttpRequest.newBuilder(visitor.address("/link/v1/cells"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
        return (X509Certificate) answer.sslSession().orElseThrow().getPeerCertificates()[0];
    }
}
