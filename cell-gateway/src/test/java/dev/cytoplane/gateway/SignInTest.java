package dev.cytoplane.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.cytoplane.contracts.descriptor.Authentication;
import dev.cytoplane.contracts.descriptor.Descriptor.Operation;
import dev.cytoplane.contracts.descriptor.Descriptor.Security;
import dev.cytoplane.gateway.testing.Caller;
import dev.cytoplane.gateway.testing.Caller.Answer;
import dev.cytoplane.gateway.testing.TestCell;
import dev.cytoplane.gateway.testing.TestIssuer;
import dev.cytoplane.gateway.testing.TestUpstream;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Public calls to an endpoint behind sign-in. */
class SignInTest extends WithGateway {
    private static final Security RULES = new Security(
            Authentication.REQUIRED,
            null,
            List.of(
                    new Operation(List.of("GET"), "/health", Authentication.NONE, null),
                    new Operation(List.of("GET"), "/orders/**", null, List.of("orders:read")),
                    new Operation(null, "/orders/**", null, List.of("orders:write"))));

    private final TestIssuer issuer = new TestIssuer();

    @SuppressWarnings("NullAway.Init")
    private TestUpstream api;

    @BeforeEach
    void startWithSignIn() {
        closing(issuer);
        api = upstream("api");
        start(cell("shop").issuer(issuer.configuration()).publishes("/api", RULES, api.address()));
    }

    private Answer call(String method, String path, String... headers) {
        return Caller.of(folder.httpPort(), TestCell.host("shop")).send(method, path, null, headers);
    }

    private Answer with(String token) {
        return call("GET", "/api/orders/1", "Authorization", "Bearer " + token);
    }

    @Test
    void withoutATokenTheCallerLearnsHowToSignIn() {
        Answer answer = call("GET", "/api/orders/1");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headers().get("WWW-Authenticate")).isEqualTo("Bearer realm=\"cytoplane\"");
        assertThat(answer.headers().get("Content-Type")).isEqualTo("application/problem+json");
        assertThat(api.seen()).isEmpty();
    }

    @Test
    void anOperationMayBeOpenAndTheFirstThatFitsCounts() {
        assertThat(call("GET", "/api/health").status()).isEqualTo(200);
        assertThat(call("HEAD", "/api/health").status()).isEqualTo(200);
        assertThat(call("POST", "/api/health").status()).isEqualTo(401);
        assertThat(call("GET", "/api/health/deeper").status()).isEqualTo(401);
        assertThat(call("GET", "/api/anything").status()).isEqualTo(401);
        assertThat(call("GET", "/api/orders/").status()).isEqualTo(401);
    }

    @Test
    void theScopeOfTheOperationIsNeeded() {
        String reader = issuer.token("orders:read", "other");

        assertThat(with(reader).status()).isEqualTo(200);
        Answer refused = call("POST", "/api/orders", "Authorization", "Bearer " + reader);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.headers().get("WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"cytoplane\", error=\"insufficient_scope\", scope=\"orders:write\"");
        assertThat(call("POST", "/api/orders", "Authorization", "bearer " + issuer.token("orders:write"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theComponentLearnsTheVerifiedSubjectOnly() {
        call(
                "GET",
                "/api/orders/1",
                "Authorization",
                "Bearer " + issuer.token("orders:read"),
                "X-Cytoplane-Subject",
                "admin");

        assertThat(api.last().all("X-Cytoplane-Subject")).containsExactly("user-7");
    }

    @Test
    void tokensThatProveNothingAreRefused() throws Exception {
        RSAKey published = (RSAKey) issuer.key("rsa-1");
        Map<String, String> tokens = new LinkedHashMap<>();
        tokens.put(
                "expired",
                issuer.token(
                        claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(60))), "orders:read"));
        tokens.put("never expires", issuer.token(claims -> claims.expirationTime(null), "orders:read"));
        tokens.put(
                "not yet",
                issuer.token(
                        claims -> claims.notBeforeTime(Date.from(Instant.now().plusSeconds(120))), "orders:read"));
        tokens.put(
                "other issuer", issuer.token(claims -> claims.issuer("https://issuer.test/realms/x"), "orders:read"));
        tokens.put("other audience", issuer.token(claims -> claims.audience("cytoplane-api"), "orders:read"));
        tokens.put("no audience", issuer.token(claims -> claims.audience((String) null), "orders:read"));
        tokens.put("no subject", issuer.token(claims -> claims.subject(null), "orders:read"));
        tokens.put("other key, same id", TestIssuer.sign(TestIssuer.rsa("rsa-1"), _ -> {}, "orders:read"));
        tokens.put("unknown key", TestIssuer.sign(TestIssuer.rsa("rsa-2"), _ -> {}, "orders:read"));
        tokens.put("alg none", new PlainJWT(claims()).serialize());
        tokens.put("alg none, with an empty signature", noneWithKeyId());
        tokens.put("HMAC with the public key", hmac(published.toRSAPublicKey().getEncoded()));
        tokens.put(
                "HMAC with the published modulus", hmac(published.getModulus().decode()));
        String genuine = issuer.token("orders:read");
        tokens.put("tampered", genuine.substring(0, genuine.length() - 6) + "AAAAAA");
        tokens.put("cut", genuine.substring(0, genuine.lastIndexOf('.')));
        tokens.put("no JWT", "opaque");
        tokens.put("empty", "");

        tokens.forEach((why, token) -> {
            Answer answer = with(token);
            assertThat(answer.status()).as(why).isEqualTo(401);
            assertThat(answer.headers().get("WWW-Authenticate")).as(why).contains("error=\"invalid_token\"");
        });
        assertThat(api.seen()).isEmpty();
        assertThat(with(genuine).status()).isEqualTo(200);
    }

    @Test
    void twoTokensOrAnotherSchemeAreRefused() {
        String genuine = "Bearer " + issuer.token("orders:read");

        assertThat(call("GET", "/api/orders/1", "Authorization", genuine, "Authorization", genuine)
                        .status())
                .isEqualTo(401);
        assertThat(call("GET", "/api/orders/1", "Authorization", "Basic dTpw").status())
                .isEqualTo(401);
    }

    private static JWTClaimsSet claims() {
        return new JWTClaimsSet.Builder()
                .issuer(TestIssuer.ISSUER)
                .audience(TestIssuer.AUDIENCE)
                .subject("user-7")
                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                .claim("scope", "orders:read")
                .build();
    }

    private static String noneWithKeyId() {
        String header = com.nimbusds.jose.util.Base64URL.encode("{\"alg\":\"none\",\"kid\":\"rsa-1\"}")
                .toString();
        return header + "." + com.nimbusds.jose.util.Base64URL.encode(claims().toString()) + ".";
    }

    private static String hmac(byte[] secret) throws Exception {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa-1").build(), claims());
        jwt.sign(new MACSigner(secret));
        return jwt.serialize();
    }
}
