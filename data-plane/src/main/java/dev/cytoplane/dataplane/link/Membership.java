package dev.cytoplane.dataplane.link;

import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.contracts.link.Enrolment;
import dev.cytoplane.dataplane.identity.Identity;
import dev.cytoplane.dataplane.settings.DataPlaneSettings;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Joins a control plane once, and renews the certificates it gave. */
final class Membership {

    private static final Logger log = LoggerFactory.getLogger(Membership.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration RETRY = Duration.ofSeconds(30);

    private final LinkClient link;
    private final Identity identity;
    private final DataPlaneSettings settings;
    private final Clock clock;
    private Instant nextTry = Instant.MIN;

    Membership(LinkClient link, Identity identity, DataPlaneSettings settings, Clock clock) {
        this.link = link;
        this.identity = identity;
        this.settings = settings;
        this.clock = clock;
    }

    /** @throws IllegalStateException when there is nothing to join with */
    void join() throws IOException, InterruptedException {
        String token = settings.joinToken();
        String pin = settings.caFingerprint();
        if (token == null || pin == null) {
            throw new IllegalStateException("This data plane has not joined a control plane. Give it"
                    + " cytoplane.data-plane.join-token and cytoplane.data-plane.ca-fingerprint");
        }
        HttpRequest request = link.request("/link/v1/enrolments")
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        ContractJson.canonical(identity.joinRequest(token, settings.runtime()))))
                .build();
        HttpResponse<String> response =
                LinkClient.requireSuccess(link.joining(pin).send(request, HttpResponse.BodyHandlers.ofString()));
        identity.accept(ContractJson.MAPPER.readValue(response.body(), Enrolment.Response.class), pin);
        log.info("Joined as data plane {}", identity.dataPlane());
    }

    /** Called by one thread, often. What fails is tried again after a while; a third of the certificates' life is left. */
    void renewWhenDue() throws IOException, InterruptedException {
        Instant now = clock.instant();
        if (identity.isJoined() && !now.isBefore(identity.renewAt()) && !now.isBefore(nextTry)) {
            nextTry = now.plus(RETRY);
            renew();
            nextTry = Instant.MIN;
        }
    }

    private void renew() throws IOException, InterruptedException {
        HttpRequest request = link.request("/link/v1/certificates")
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(ContractJson.canonical(identity.renewalRequest())))
                .build();
        HttpResponse<String> response = link.send(request, HttpResponse.BodyHandlers.ofString());
        identity.accept(ContractJson.MAPPER.readValue(response.body(), Enrolment.Response.class), null);
        link.certificateRenewed();
        log.info("Renewed the certificates; next renewal at {}", identity.renewAt());
    }
}
