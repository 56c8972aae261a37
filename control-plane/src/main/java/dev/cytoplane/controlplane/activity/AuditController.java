package dev.cytoplane.controlplane.activity;

import dev.cytoplane.controlplane.access.Access;
import dev.cytoplane.controlplane.access.Permission;
import dev.cytoplane.controlplane.audit.AuditEntry;
import dev.cytoplane.controlplane.audit.AuditLog;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit log of an organization. */
@RestController
@RequestMapping("/api/v1/organizations/{organization}/audit")
@Tag(name = "Activity", description = "What happened in an organization.")
class AuditController {

    private final Access access;
    private final AuditLog log;

    AuditController(Access access, AuditLog log) {
        this.access = access;
        this.log = log;
    }

    @GetMapping
    @Operation(
            operationId = "listAuditEntries",
            summary = "Read who wrote what, newest first",
            description = "Sorted by -sequence unless another sort is asked for.")
    Page<AuditEntry> list(
            @PathVariable String organization,
            @RequestParam(required = false) @Nullable @Size(min = 1, max = 255) String actor,
            @RequestParam(required = false) @Nullable @Size(min = 1, max = 100) String action,
            @RequestParam(required = false) @Nullable @Size(min = 1, max = 500) String resource,
            @RequestParam(required = false) @Nullable @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) Instant from,
            @RequestParam(required = false) @Nullable @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) Instant until,
            PageRequest page) {
        UUID id = access.organization(organization, Permission.MANAGE_ACCESS).organizationId();
        return log.list(id, new AuditLog.Filter(actor, action, resource, from, until), page);
    }

    @GetMapping("/verification")
    @Operation(
            operationId = "verifyAudit",
            summary = "Check that no audit entry was changed, removed or put in between",
            description = "Reads the whole chain. Keep headHash and entries elsewhere to be able to prove later that"
                    + " nothing was cut off at the end.")
    AuditLog.Verification verify(@PathVariable String organization) {
        return log.verify(
                access.organization(organization, Permission.MANAGE_ACCESS).organizationId());
    }
}
