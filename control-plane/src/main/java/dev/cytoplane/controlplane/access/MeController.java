package dev.cytoplane.controlplane.access;

import dev.cytoplane.controlplane.concurrency.Versioned;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who the caller is, and the tokens that stand for the caller. */
@RestController
@RequestMapping("/api/v1/me")
@Tag(name = "Me", description = "Who the caller is, and the tokens that stand for the caller.")
class MeController {

    private static final int DEFAULT_DAYS = 90;

    private final Access access;
    private final AccessTokens tokens;
    private final MyOrganizations organizations;

    MeController(Access access, AccessTokens tokens, MyOrganizations organizations) {
        this.access = access;
        this.tokens = tokens;
        this.organizations = organizations;
    }

    /** @param organizations those the caller is a member of, at most 200 */
    record Me(
            String subject,
            String username,
            boolean platformAdmin,
            List<MyOrganizations.MyOrganization> organizations) {}

    /** @param platformAdmin true for a token that may manage data planes, as long as its owner may; false when left out */
    record NewAccessToken(
            @NotNull @Size(min = 1, max = 100) String name,
            @Nullable @Min(1) @Max(365) Integer expiresInDays,
            @Nullable Boolean platformAdmin) {}

    /** @param token shown this once; it acts as its user, as Bearer here and as password for Git */
    record NewAccessTokenAnswer(
            UUID id,
            String name,
            Instant expiresAt,
            boolean platformAdmin,
            Instant createdAt,
            Instant updatedAt,
            long version,
            @Schema(format = "password") String token)
            implements Versioned {

        @Override
        public String toString() {
            return "NewAccessTokenAnswer[" + id + "]";
        }
    }

    @GetMapping
    @Operation(operationId = "getMe", summary = "Read who the caller is")
    Me me() {
        Caller caller = access.caller();
        return new Me(caller.subject(), caller.username(), access.isPlatformAdmin(), organizations.of(caller));
    }

    @PostMapping("/tokens")
    @Operation(
            operationId = "createAccessToken",
            summary = "Create an access token for Git and scripts",
            description = "The answer is the only one that holds the token. It acts as its user in organizations; to"
                    + " manage data planes it has to be made for that, by a caller who may.")
    ResponseEntity<NewAccessTokenAnswer> create(@Valid @RequestBody NewAccessToken request) {
        Duration life = Duration.ofDays(Objects.requireNonNullElse(request.expiresInDays(), DEFAULT_DAYS));
        boolean platformAdmin = Boolean.TRUE.equals(request.platformAdmin());
        Caller owner = platformAdmin ? access.platformAdmin() : access.caller();
        var created = tokens.create(owner, request.name(), life, platformAdmin);
        var token = created.token();
        return ResponseEntity.created(URI.create("/api/v1/me/tokens/" + token.id()))
                .body(new NewAccessTokenAnswer(
                        token.id(),
                        token.name(),
                        token.expiresAt(),
                        token.platformAdmin(),
                        token.createdAt(),
                        token.updatedAt(),
                        token.version(),
                        created.secret()));
    }

    @GetMapping("/tokens")
    @Operation(operationId = "listAccessTokens", summary = "List the caller's access tokens")
    Page<AccessTokens.AccessToken> list(PageRequest page) {
        return tokens.list(access.caller(), page);
    }

    @DeleteMapping("/tokens/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteAccessToken", summary = "Delete an access token: it stops working at once")
    void delete(@PathVariable UUID id) {
        tokens.delete(access.caller(), id);
    }
}
