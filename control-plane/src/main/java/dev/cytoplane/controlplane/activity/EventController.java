package dev.cytoplane.controlplane.activity;

import dev.cytoplane.controlplane.access.Access;
import dev.cytoplane.controlplane.access.OrganizationScope;
import dev.cytoplane.controlplane.access.Permission;
import dev.cytoplane.controlplane.event.EventStream;
import dev.cytoplane.controlplane.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The event stream of an organization. */
@RestController
@Tag(name = "Activity", description = "What happened in an organization.")
class EventController {

    private final Access access;
    private final EventStream events;

    EventController(Access access, EventStream events) {
        this.access = access;
        this.events = events;
    }

    @GetMapping(path = "/api/v1/organizations/{organization}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(
            operationId = "streamEvents",
            summary = "Follow what happens in an organization",
            description = "Server-sent events. Without Last-Event-ID the stream starts with what happens next; with it,"
                    + " with what followed that event (0: the first that is kept). It ends after 15 minutes: come back with"
                    + " the id of the last event. Old events are not kept for ever: an id from before them answers 410,"
                    + " events-not-kept, and says how to go on.")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                            schema = @Schema(implementation = EventStream.Message.class)))
    SseEmitter events(
            @PathVariable String organization,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
        OrganizationScope scope = access.organization(organization, Permission.VIEW);
        return events.open(scope.organizationId(), sequence(lastEventId));
    }

    private static @Nullable Long sequence(@Nullable String lastEventId) {
        if (lastEventId == null || lastEventId.isBlank()) {
            return null;
        }
        try {
            return Long.parseLong(lastEventId.strip());
        } catch (NumberFormatException e) {
            throw Problem.invalid("Last-Event-ID", "must be the id of an event of this stream");
        }
    }
}
