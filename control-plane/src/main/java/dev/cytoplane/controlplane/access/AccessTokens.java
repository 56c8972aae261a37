package dev.cytoplane.controlplane.access;

import dev.cytoplane.controlplane.audit.Audit;
import dev.cytoplane.controlplane.id.Ids;
import dev.cytoplane.controlplane.page.Listing;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import dev.cytoplane.controlplane.problem.Problem;
import dev.cytoplane.controlplane.tenancy.PlatformWork;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Long-lived tokens that a user makes for Git and scripts. Only their hash is kept. */
@Repository
class AccessTokens {

    /** Says to people and to secret scanners what it is. */
    static final String PREFIX = "cyto_";

    private static final int RANDOM_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient jdbc;
    private final PlatformWork platform;
    private final Audit audit;
    private final Clock clock;

    AccessTokens(JdbcClient jdbc, PlatformWork platform, Audit audit, Clock clock) {
        this.jdbc = jdbc;
        this.platform = platform;
        this.audit = audit;
        this.clock = clock;
    }

    record AccessToken(
            UUID id,
            String name,
            Instant expiresAt,
            @Nullable Instant lastUsedAt,
            boolean platformAdmin,
            Instant createdAt,
            Instant updatedAt,
            long version) {}

    record Created(AccessToken token, String secret) {}

    /** @param platformAdmin whether it may manage the platform; the caller has made sure that the owner may */
    Created create(Caller owner, String name, Duration life, boolean platformAdmin) {
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        String secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        UUID id = Ids.next();
        OffsetDateTime expires = OffsetDateTime.ofInstant(clock.instant().plus(life), ZoneOffset.UTC);
        return platform.call(() -> {
            try {
                AccessToken token = jdbc.sql("""
                        insert into access_tokens
                            (id, subject, username, name, token_hash, expires_at, platform_admin)
                        values (?, ?, ?, ?, ?, ?, ?) returning *""")
                        .params(id, owner.subject(), owner.username(), name, hash(secret), expires, platformAdmin)
                        .query(AccessTokens::row)
                        .single();
                audit.record(
                        Audit.PLATFORM,
                        "access-token.created",
                        path(owner, id),
                        Map.of("name", name, "platformAdmin", platformAdmin));
                return new Created(token, secret);
            } catch (DuplicateKeyException e) {
                throw Problem.conflict("already-exists", "You have a token named " + name + " already.");
            }
        });
    }

    Page<AccessToken> list(Caller owner, PageRequest page) {
        return platform.call(() -> Listing.of("select * from access_tokens")
                .where("subject = :subject", "subject", owner.subject())
                .sort("name", "name", Listing.Type.TEXT)
                .sort("createdAt", "created_at", Listing.Type.TIME)
                .page(jdbc, page, AccessTokens::row));
    }

    /** The token stops working at once. */
    void delete(Caller owner, UUID id) {
        platform.call(() -> {
            int deleted = jdbc.sql("delete from access_tokens where id = ? and subject = ?")
                    .params(id, owner.subject())
                    .update();
            if (deleted == 0) {
                throw Problem.notFound("access token", id.toString());
            }
            audit.record(Audit.PLATFORM, "access-token.deleted", path(owner, id), Map.of());
            return id;
        });
    }

    Optional<Caller> authenticate(String secret) {
        record Known(UUID id, Caller caller, boolean touch) {}
        byte[] hash = hash(secret);
        return platform.call(() -> {
            Optional<Known> known = jdbc.sql("""
                    select id, subject, username, platform_admin, coalesce(last_used_at < now() - interval '1 minute', true) as touch
                    from access_tokens where token_hash = ? and expires_at > ?""")
                    .params(hash, OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                    .query((row, number) -> new Known(
                            row.getObject("id", UUID.class),
                            new Caller(
                                    row.getString("subject"),
                                    row.getString("username"),
                                    row.getBoolean("platform_admin")
                                            ? Caller.PlatformAdmin.IF_STILL_HELD
                                            : Caller.PlatformAdmin.NO),
                            row.getBoolean("touch")))
                    .optional();
            // Once a minute is enough to see whether a token is still used, and spares a write for each request.
            known.filter(Known::touch)
                    .ifPresent(it -> jdbc.sql("update access_tokens set last_used_at = now() where id = ?")
                            .param(it.id())
                            .update());
            return known.map(Known::caller);
        });
    }

    private static String path(Caller owner, UUID id) {
        return "users/" + owner.username() + "/tokens/" + id;
    }

    private static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }

    private static AccessToken row(ResultSet row, int number) throws SQLException {
        var lastUsed = row.getObject("last_used_at", OffsetDateTime.class);
        return new AccessToken(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                lastUsed == null ? null : lastUsed.toInstant(),
                row.getBoolean("platform_admin"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"));
    }
}
