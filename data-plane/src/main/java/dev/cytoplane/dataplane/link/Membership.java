package dev.cytoplane.dataplane.link;

import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.contracts.link.Enrolment;
import dev.cytoplane.contracts.link.Introduction;
import dev.cytoplane.dataplane.identity.Identity;
import dev.cytoplane.dataplane.identity.IdentityException;
import dev.cytoplane.dataplane.settings.DataPlaneSettings;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
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
        if (token == null) {
            throw new IllegalStateException("This data plane has not joined a control plane. Give it"
                    + " cytoplane.data-plane.join-token, and better cytoplane.data-plane.ca-fingerprint as well");
        }
        if (pin == null || pin.isEmpty()) {
            pin = introduction(token);
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

    /** The root of who proves that he has the token. */
    private String introduction(String token) throws IOException, InterruptedException {
        byte[] hash = Introduction.hash(token);
        HttpRequest request = link.request("/link/v1/introductions")
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        ContractJson.canonical(new Introduction.Request(Introduction.handle(hash)))))
                .build();
        HttpResponse<String> response =
                LinkClient.requireSuccess(link.unknown().send(request, HttpResponse.BodyHandlers.ofString()));
        Introduction.Response said = ContractJson.MAPPER.readValue(response.body(), Introduction.Response.class);
        String proof = Introduction.proof(hash, said.caFingerprint());
        if (!MessageDigest.isEqual(
                proof.getBytes(StandardCharsets.UTF_8), said.proof().getBytes(StandardCharsets.UTF_8))) {
            throw new IdentityException("Who answers at the link does not have the join token");
        }
        return said.caFingerprint();
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
