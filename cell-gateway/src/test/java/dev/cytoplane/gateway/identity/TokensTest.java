package dev.cytoplane.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import dev.cytoplane.gateway.testing.TestAuthority;
import dev.cytoplane.gateway.testing.TestIssuer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When keys are fetched, and what is believed meanwhile. */
class TokensTest {
    private final TestIssuer issuer = new TestIssuer();
    private final MovingClock clock = new MovingClock();
    private final Tokens tokens = new Tokens(clock);

    @AfterEach
    void closeIssuer() {
        issuer.close();
    }

    private Verification verify(String token) {
        return verify(issuer, token);
    }

    private Verification verify(TestIssuer issuer, String token) {
        return tokens.verify(issuer.configuration(), token)
                .toCompletableFuture()
                .join();
    }

    @Test
    void bothKindsOfKeyVerifyAndTheTokensContentIsTold() {
        Verification rsa = verify(issuer.token("a", "b"));

        assertThat(rsa).isInstanceOfSatisfying(Verification.Genuine.class, genuine -> {
            assertThat(genuine.subject()).isEqualTo("user-7");
            assertThat(genuine.scopes()).isEqualTo(Set.of("a", "b"));
        });
        assertThat(verify(TestIssuer.sign(issuer.key("ec-1"), _ -> {}, "a"))).isInstanceOf(Verification.Genuine.class);
    }

    @Test
    void manyWhoNeedTheKeysAtOnceWaitForOneFetch() {
        issuer.answersAfter(Duration.ofMillis(300));
        String token = issuer.token();

        List<CompletableFuture<Verification>> all = IntStream.range(0, 50)
                .mapToObj(_ -> tokens.verify(issuer.configuration(), token).toCompletableFuture())
                .toList();

        assertThat(all).allSatisfy(one -> assertThat(one.join()).isInstanceOf(Verification.Genuine.class));
        assertThat(issuer.fetches()).isEqualTo(1);
    }

    @Test
    void madeUpKeyIdsCostTheIssuerOneFetchInTenSeconds() {
        verify(issuer.token());
        for (int i = 0; i < 20; i++) {
            assertThat(verify(TestIssuer.sign(TestIssuer.ec("made-up-" + i), _ -> {})))
                    .isInstanceOf(Verification.Refused.class);
        }
        assertThat(issuer.fetches()).isEqualTo(1);

        clock.forward(Duration.ofSeconds(11));
        verify(TestIssuer.sign(TestIssuer.ec("made-up"), _ -> {}));
        assertThat(issuer.fetches()).isEqualTo(2);
    }

    @Test
    void aNewKeyIsLearnedWhenItsFirstTokenComes() {
        verify(issuer.token());
        JWK fresh = TestIssuer.ec("ec-2");
        issuer.publish(List.of(fresh));
        clock.forward(Duration.ofSeconds(11));

        assertThat(verify(TestIssuer.sign(fresh, _ -> {}))).isInstanceOf(Verification.Genuine.class);
    }

    @Test
    void aTokenOfAWithdrawnKeyIsForgottenWithTheKey() {
        String token = issuer.token();
        assertThat(verify(token)).isInstanceOf(Verification.Genuine.class);
        JWK fresh = TestIssuer.ec("ec-2");
        issuer.publish(List.of(fresh));
        clock.forward(Duration.ofSeconds(11));
        verify(TestIssuer.sign(fresh, _ -> {}));

        assertThat(verify(token)).isInstanceOf(Verification.Refused.class);
    }

    @Test
    void aRememberedTokenEndsWithItsTime() {
        String token = issuer.token();
        assertThat(verify(token)).isInstanceOf(Verification.Genuine.class);

        clock.forward(Duration.ofSeconds(331));

        assertThat(verify(token)).isInstanceOf(Verification.Refused.class);
    }

    @Test
    void withoutKeysNothingIsBelieved() {
        issuer.answersWith(500);
        assertThat(verify(issuer.token())).isInstanceOf(Verification.Undecidable.class);

        issuer.answersWith(200);
        clock.forward(Duration.ofSeconds(2));
        assertThat(verify(issuer.token())).isInstanceOf(Verification.Genuine.class);
    }

    @Test
    void theKeysLastSeenOutliveTheIssuersAbsence() {
        verify(issuer.token());
        issuer.answersWith(500);
        clock.forward(Duration.ofHours(1));
        String later = issuer.token(claims ->
                claims.expirationTime(java.util.Date.from(clock.instant().plusSeconds(60))));
        assertThat(verify(later)).isInstanceOf(Verification.Genuine.class);

        clock.forward(Duration.ofHours(24));
        String muchLater = issuer.token(claims ->
                claims.expirationTime(java.util.Date.from(clock.instant().plusSeconds(60))));
        assertThat(verify(muchLater)).isInstanceOf(Verification.Undecidable.class);
    }

    @Test
    void aPrivateAuthorityIsBelievedForItsIssuerAlone() {
        TestAuthority authority = new TestAuthority();
        TestAuthority.Credential credential = authority.issueForHost("localhost");
        try (TestIssuer told = new TestIssuer(credential, authority.rootPem());
                TestIssuer untold = new TestIssuer(credential, null)) {
            assertThat(verify(told, told.token())).isInstanceOf(Verification.Genuine.class);
            assertThat(verify(untold, untold.token())).isInstanceOf(Verification.Undecidable.class);
        }
    }

    @Test
    void theIssuersCertificateIsOfTheAuthorityAndForTheHost() {
        TestAuthority authority = new TestAuthority();
        String root = authority.rootPem();
        try (TestIssuer elsewhere = new TestIssuer(authority.issueForHost("elsewhere.test"), root);
                TestIssuer stranger = new TestIssuer(new TestAuthority().issueForHost("localhost"), root)) {
            assertThat(verify(elsewhere, elsewhere.token())).isInstanceOf(Verification.Undecidable.class);
            assertThat(verify(stranger, stranger.token())).isInstanceOf(Verification.Undecidable.class);
        }
    }

    @Test
    void theMemoryForTokensIsBounded() {
        TokenCache<Integer> cache = new TokenCache<>(100);
        for (int i = 0; i < 10_000; i++) {
            cache.put("t" + i, i);
        }
        assertThat(IntStream.range(0, 9_800).mapToObj(i -> cache.get("t" + i))).containsOnlyNulls();
        assertThat(cache.get("t9999")).isEqualTo(9999);
    }

    private static final class MovingClock extends Clock {
        private volatile Instant now = Instant.now();

        void forward(Duration time) {
            now = now.plus(time);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
