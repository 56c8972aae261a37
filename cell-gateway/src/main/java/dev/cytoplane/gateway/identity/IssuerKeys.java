package dev.cytoplane.gateway.identity;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signing keys of an issuer. At most one fetch runs at a time, and everyone who needs it waits for the same one.
 * Keys are refreshed after five minutes in the background; when the issuer is not there, the keys last seen stay, so
 * that a cell outlives its identity provider's restart. They are believed for a day at most.
 */
final class IssuerKeys {
    private static final Logger log = LoggerFactory.getLogger(IssuerKeys.class);
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration BELIEVED = Duration.ofDays(1);
    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(10);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final int MAX_BYTES = 1 << 20;

    /** One fetched set. A new instance means that keys may have been withdrawn. */
    record Keys(List<JWK> signing, Instant fetchedAt) {
        List<JWK> withId(String id) {
            return signing.stream().filter(key -> id.equals(key.getKeyID())).toList();
        }
    }

    private final URI address;
    private final Clock clock;
    private final HttpClient http;
    private final AtomicReference<@Nullable CompletableFuture<@Nullable Keys>> running = new AtomicReference<>();
    private volatile @Nullable Keys keys;
    private volatile Instant notBefore = Instant.MIN;

    IssuerKeys(URI address, Clock clock, HttpClient http) {
        this.address = address;
        this.clock = clock;
        this.http = http;
    }

    /** The keys at hand, refreshed in the background when they are old; null when there are none to believe. */
    @Nullable
    Keys current() {
        Keys known = keys;
        if (known == null) {
            return null;
        }
        if (clock.instant().isAfter(known.fetchedAt().plus(FRESH))) {
            var _ = fetch();
        }
        return believed();
    }

    private @Nullable Keys believed() {
        Keys known = keys;
        return known == null || clock.instant().isAfter(known.fetchedAt().plus(BELIEVED)) ? null : known;
    }

    /**
     * Fetches, unless the last fetch was a moment ago: then the keys at hand, or null. Tokens with made-up key ids
     * therefore cost the issuer one request in ten seconds at most.
     */
    CompletableFuture<@Nullable Keys> fetch() {
        CompletableFuture<@Nullable Keys> mine = new CompletableFuture<>();
        while (true) {
            CompletableFuture<@Nullable Keys> other = running.get();
            if (other != null) {
                return other;
            }
            if (clock.instant().isBefore(notBefore)) {
                return CompletableFuture.completedFuture(believed());
            }
            if (running.compareAndSet(null, mine)) {
                break;
            }
        }
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(5))
                .header("Accept", "application/json")
                .build();
        var _ = http.sendAsync(
                        request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofString(), MAX_BYTES))
                .thenApply(this::read)
                .whenComplete((fetched, failure) -> {
                    if (failure == null) {
                        keys = fetched;
                        notBefore = clock.instant().plus(BETWEEN_FETCHES);
                    } else {
                        notBefore = clock.instant().plus(AFTER_FAILURE);
                        log.warn("The keys at {} cannot be fetched: {}", address, failure.toString());
                    }
                    running.set(null);
                    mine.complete(believed());
                });
        return mine;
    }

    private Keys read(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new CompletionException(new IOException("status " + response.statusCode()));
        }
        try {
            List<JWK> signing = JWKSet.parse(response.body()).getKeys().stream()
                    .filter(key -> key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse()))
                    .toList();
            return new Keys(signing, clock.instant());
        } catch (ParseException e) {
            throw new CompletionException(e);
        }
    }
}
