package dev.cytoplane.controlplane.activity;

import dev.cytoplane.controlplane.access.Access;
import dev.cytoplane.controlplane.access.Membership;
import dev.cytoplane.controlplane.access.Permission;
import dev.cytoplane.controlplane.event.EventHistory;
import dev.cytoplane.controlplane.event.EventStream;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import dev.cytoplane.controlplane.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What changed lately. */
@RestController
@Tag(name = "Activity", description = "What happened in an organization.")
class ActivityController {

    private static final int MOST_KINDS = 20;

    private final Access access;
    private final EventHistory history;
    private final HiddenProjects hidden;

    ActivityController(Access access, EventHistory history, HiddenProjects hidden) {
        this.access = access;
        this.history = history;
        this.hidden = hidden;
    }

    @GetMapping("/api/v1/organizations/{organization}/activity")
    @Operation(
            operationId = "listActivity",
            summary = "Read what happened, newest first",
            description =
                    "The events that the stream tells, as long as they are kept. Those of projects that the caller"
                            + " may not see are left out. A kind is the first word of an event's type, as build; several may be"
                            + " given.")
    Page<EventStream.Message> list(
            @PathVariable String organization,
            @RequestParam(required = false) @Nullable @Size(min = 1, max = 63) String project,
            @RequestParam(required = false) @Nullable @Size(min = 1, max = 63) String component,
            @RequestParam(required = false) @Nullable @Size(max = MOST_KINDS)
                    List<
                                    @Pattern(
                                            regexp = "^[a-z][a-z-]{0,40}$",
                                            message = "must be the first word of an event's type, as build")
                                    String>
                            kind,
            PageRequest page) {
        List<String> kinds = kind == null ? List.of() : kind;
        if (project != null) {
            UUID id = access.project(organization, project, Permission.VIEW).organizationId();
            return history.list(id, new EventHistory.Filter(project, component, kinds, List.of()), page);
        }
        if (component != null) {
            throw Problem.invalid("component", "needs the project that it is in");
        }
        UUID id = access.organization(organization, Permission.VIEW).organizationId();
        Membership membership = access.membership(organization);
        return history.list(id, new EventHistory.Filter(null, null, kinds, hidden.from(membership)), page);
    }
}
