package dev.cytoplane.controlplane.dataplane;

import dev.cytoplane.contracts.link.Introduction;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** One-time tokens with which data planes join. Only their hashes are kept. */
@Repository
public class JoinTokens {

    private static final Duration LIFE = Duration.ofHours(1);
    private static final int BYTES = 32;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    JoinTokens(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    String issue(UUID dataPlane) {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        String token = "join_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        jdbc.sql("delete from join_tokens where data_plane_id = ? and used_at is null")
                .param(dataPlane)
                .update();
        jdbc.sql("insert into join_tokens (token_hash, data_plane_id, expires_at) values (?, ?, ?)")
                .params(
                        Introduction.hash(token),
                        dataPlane,
                        time(clock.instant().plus(LIFE)))
                .update();
        return token;
    }

    /** Takes a token that was made elsewhere, and lets it live on while it is not used. */
    void keep(UUID dataPlane, String token) {
        jdbc.sql("""
                insert into join_tokens (token_hash, data_plane_id, expires_at) values (?, ?, ?)
                on conflict (token_hash) do update set expires_at = excluded.expires_at
                where join_tokens.used_at is null and join_tokens.data_plane_id = excluded.data_plane_id""")
                .params(
                        Introduction.hash(token),
                        dataPlane,
                        time(clock.instant().plus(LIFE)))
                .update();
    }

    /** The hash of a token that still counts. */
    public Optional<byte[]> introduced(String handle) {
        return jdbc.sql("""
                select token_hash from join_tokens
                where encode(sha256(token_hash), 'hex') = :handle and expires_at > :now""")
                .param("handle", handle)
                .param("now", time(clock.instant()))
                .query(byte[].class)
                .optional();
    }

    /**
     * Uses up a token: of several that try at once, one gets the data plane it is for. The same one may come again within
     * the token's life, since the answer may have been lost on the way.
     *
     * @param request tells the one who uses it from others
     */
    public Optional<UUID> use(String token, String request) {
        OffsetDateTime now = time(clock.instant());
        return jdbc.sql("""
                update join_tokens set used_at = :now, request_hash = :request
                where token_hash = :token and expires_at > :now and (used_at is null or request_hash = :request)
                returning data_plane_id""")
                .param("now", now)
                .param("token", Introduction.hash(token))
                .param("request", Introduction.hash(request))
                .query(UUID.class)
                .optional();
    }

    private static OffsetDateTime time(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
