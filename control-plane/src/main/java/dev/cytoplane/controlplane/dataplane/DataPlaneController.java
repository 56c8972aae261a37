package dev.cytoplane.controlplane.dataplane;

import dev.cytoplane.controlplane.PlatformSettings;
import dev.cytoplane.controlplane.access.Access;
import dev.cytoplane.controlplane.concurrency.Versioned;
import dev.cytoplane.controlplane.dataplane.authority.Authority;
import dev.cytoplane.controlplane.id.Names;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Places that run cells, managed by the platform's administrators. */
@RestController
@RequestMapping("/api/v1/data-planes")
@Tag(name = "Data planes", description = "Places that run cells. For the role platform-admin.")
class DataPlaneController {

    private static final String DOMAIN =
            "(?=.{1,253}$)[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*";

    private final Access access;
    private final DataPlanes dataPlanes;
    private final Connected connected;
    private final Authority authority;
    private final PlatformSettings platform;

    DataPlaneController(
            Access access, DataPlanes dataPlanes, Connected connected, Authority authority, PlatformSettings platform) {
        this.access = access;
        this.dataPlanes = dataPlanes;
        this.connected = connected;
        this.authority = authority;
        this.platform = platform;
    }

    /** @param domain under which public addresses of its cells lie, localhost when left out */
    record NewDataPlane(
            @NotNull @Pattern(regexp = Names.PATTERN, message = Names.MESSAGE)
            String name,

            @Nullable @Pattern(regexp = DOMAIN, message = "must be a domain name")
            String domain) {}

    enum Status {
        /** It has not joined. */
        PENDING,
        CONNECTED,
        /** Its cells go on running; changes reach it when it is back. */
        DISCONNECTED
    }

    record DataPlaneView(
            UUID id,
            String name,
            String domain,
            Status status,
            @Nullable String runtime,
            @Nullable Instant lastSeenAt,
            Instant createdAt,
            Instant updatedAt,
            long version)
            implements Versioned {}

    /**
     * What a data plane needs to join.
     *
     * @param joinToken shown this once; good for one hour and one use
     * @param caFingerprint sha256:&lt;hex&gt; of the platform's root certificate, by which it knows its control plane
     */
    record Invitation(
            UUID id,
            String name,
            String domain,
            Status status,
            Instant createdAt,
            Instant updatedAt,
            long version,
            String joinToken,
            String caFingerprint,
            @Nullable URI linkUrl)
            implements Versioned {}

    @PostMapping
    @Operation(operationId = "createDataPlane", summary = "Register a data plane, and get a token for it to join with")
    ResponseEntity<Invitation> create(@Valid @RequestBody NewDataPlane request) {
        access.platformAdmin();
        String domain = request.domain() == null ? "localhost" : request.domain();
        return Versioned.created(invitation(dataPlanes.register(request.name(), domain)), request.name());
    }

    @PostMapping("/{dataPlane}/join-token")
    @Operation(
            operationId = "createJoinToken",
            summary = "Get a new token to join with; when it is used, the certificates from before stop counting")
    ResponseEntity<Invitation> invite(@PathVariable String dataPlane) {
        access.platformAdmin();
        return Versioned.created(invitation(dataPlanes.invite(dataPlane)), dataPlane);
    }

    @GetMapping
    @Operation(operationId = "listDataPlanes", summary = "List the data planes")
    Page<DataPlaneView> list(PageRequest page) {
        access.platformAdmin();
        var found = dataPlanes.list(page);
        return new Page<>(found.items().stream().map(this::view).toList(), found.nextCursor());
    }

    @GetMapping("/{dataPlane}")
    @Operation(operationId = "getDataPlane", summary = "Read a data plane, and whether it is connected")
    ResponseEntity<DataPlaneView> show(@PathVariable String dataPlane) {
        access.platformAdmin();
        return Versioned.ok(view(dataPlanes.get(dataPlane)));
    }

    @DeleteMapping("/{dataPlane}")
    @Operation(operationId = "deleteDataPlane", summary = "Remove a data plane that no environment belongs to")
    ResponseEntity<Void> delete(
            @PathVariable String dataPlane,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        access.platformAdmin();
        dataPlanes.delete(dataPlane, ifMatch);
        return ResponseEntity.noContent().build();
    }

    private Status status(DataPlane dataPlane) {
        if (!dataPlane.joined()) {
            return Status.PENDING;
        }
        return connected.isConnected(dataPlane.name()) ? Status.CONNECTED : Status.DISCONNECTED;
    }

    private DataPlaneView view(DataPlane dataPlane) {
        return new DataPlaneView(
                dataPlane.id(),
                dataPlane.name(),
                dataPlane.domain(),
                status(dataPlane),
                dataPlane.runtime(),
                dataPlane.lastSeenAt(),
                dataPlane.createdAt(),
                dataPlane.updatedAt(),
                dataPlane.version());
    }

    private Invitation invitation(DataPlanes.Invited invited) {
        DataPlane dataPlane = invited.dataPlane();
        return new Invitation(
                dataPlane.id(),
                dataPlane.name(),
                dataPlane.domain(),
                status(dataPlane),
                dataPlane.createdAt(),
                dataPlane.updatedAt(),
                dataPlane.version(),
                invited.token(),
                authority.fingerprint(),
                platform.linkUrl());
    }
}
