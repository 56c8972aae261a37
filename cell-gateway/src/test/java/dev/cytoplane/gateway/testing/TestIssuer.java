package dev.cytoplane.gateway.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.TokenIssuer;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** An identity provider as far as a gateway sees it: keys over HTTP, and tokens. */
public final class TestIssuer implements AutoCloseable {
    public static final String ISSUER = "https://issuer.test/realms/cytoplane";
    public static final String AUDIENCE = "cytoplane-cells";

    private final AtomicInteger fetches = new AtomicInteger();
    private final DisposableServer server;
    private final String scheme;
    private final @Nullable String certificateAuthority;
    private volatile List<JWK> keys;
    private volatile Duration delay = Duration.ZERO;
    private volatile int status = 200;

    public TestIssuer() {
        this(HttpServer.create(), "http", null);
    }

    /** One whose keys come over TLS. */
    public TestIssuer(TestAuthority.Credential credential, @Nullable String certificateAuthority) {
        this(HttpServer.create().secure(tls -> tls.sslContext(context(credential))), "https", certificateAuthority);
    }

    private TestIssuer(HttpServer server, String scheme, @Nullable String certificateAuthority) {
        this.keys = List.of(rsa("rsa-1"), ec("ec-1"));
        this.scheme = scheme;
        this.certificateAuthority = certificateAuthority;
        this.server = server.host("127.0.0.1")
                .port(0)
                .route(routes -> routes.get("/keys", (_, response) -> {
                    fetches.incrementAndGet();
                    return response.status(status)
                            .header("Content-Type", "application/json")
                            .sendString(Mono.delay(delay).map(_ -> new JWKSet(keys).toString()));
                }))
                .bindNow();
    }

    public TokenIssuer configuration() {
        return new TokenIssuer(
                ISSUER, scheme + "://localhost:" + server.port() + "/keys", List.of(AUDIENCE), certificateAuthority);
    }

    private static SslContext context(TestAuthority.Credential credential) {
        try {
            return SslContextBuilder.forServer(credential.key(), credential.certificate())
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    public int fetches() {
        return fetches.get();
    }

    public void answersAfter(Duration time) {
        delay = time;
    }

    public void answersWith(int code) {
        status = code;
    }

    public JWK key(String id) {
        return keys.stream()
                .filter(key -> id.equals(key.getKeyID()))
                .findFirst()
                .orElseThrow();
    }

    public void publish(List<JWK> newKeys) {
        keys = newKeys;
    }

    public static RSAKey rsa(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).keyUse(KeyUse.SIGNATURE).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public static ECKey ec(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID(id)
                    .keyUse(KeyUse.SIGNATURE)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public String token(String... scopes) {
        return token(_ -> {}, scopes);
    }

    public String token(Consumer<JWTClaimsSet.Builder> change, String... scopes) {
        return sign(key("rsa-1"), change, scopes);
    }

    public static String sign(JWK key, Consumer<JWTClaimsSet.Builder> change, String... scopes) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject("user-7")
                .issueTime(new Date())
                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                .claim("scope", String.join(" ", scopes));
        change.accept(claims);
        try {
            JWSSigner signer = key instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner((ECKey) key);
            JWSAlgorithm algorithm = key instanceof RSAKey ? JWSAlgorithm.RS256 : JWSAlgorithm.ES256;
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), claims.build());
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
