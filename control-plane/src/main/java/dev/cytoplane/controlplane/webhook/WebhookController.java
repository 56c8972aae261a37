package dev.cytoplane.controlplane.webhook;

import dev.cytoplane.controlplane.PlatformSettings;
import dev.cytoplane.controlplane.access.Access;
import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.access.Permission;
import dev.cytoplane.controlplane.concurrency.Versioned;
import dev.cytoplane.controlplane.concurrency.Versions;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A component's webhook: where its outside Git host tells of pushes. */
@RestController
@RequestMapping("/api/v1/organizations/{organization}/projects/{project}/components/{component}/webhook")
@Tag(name = "Webhooks", description = "How a Git host tells of pushes.")
class WebhookController {

    private final Access access;
    private final Webhooks webhooks;
    private final Deliveries deliveries;
    private final URI address;

    WebhookController(Access access, Webhooks webhooks, Deliveries deliveries, PlatformSettings platform) {
        this.access = access;
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.address = Objects.requireNonNullElse(platform.webhookUrl(), platform.publicUrl());
    }

    /**
     * Which pushes are built.
     *
     * @param branches patterns like {@code main} or {@code release/*}; the component's own branch when left out
     * @param paths patterns like {@code services/api/**}, one of which a changed file has to match; all when left out
     */
    record WebhookSettings(
            @Nullable @Size(max = 50)
            List<@NotNull @Pattern(regexp = PATTERN, message = MESSAGE) @Size(min = 1, max = 200) String> branches,

            @Nullable @Size(max = 50)
            List<@NotNull @Pattern(regexp = PATTERN, message = MESSAGE) @Size(min = 1, max = 500) String> paths) {

        private static final String PATTERN = "^[^\\x00-\\x1f\\x7f]*$";
        private static final String MESSAGE = "must not hold control characters";
    }

    /**
     * A webhook.
     *
     * @param url to be entered at the Git host, with the content type application/json
     * @param secret to be entered there too; shown only when it was just made
     */
    record WebhookView(
            UUID id,
            String provider,
            String url,
            @Nullable String secret,
            List<String> branches,
            List<String> paths,
            Instant createdAt,
            Instant updatedAt,
            long version)
            implements Versioned {}

    /** Creates the webhook, and shows its secret this once; or, with If-Match, changes which pushes are built. */
    @PutMapping
    @Operation(
            operationId = "putWebhook",
            summary = "Make or change a component's webhook; the answer that makes it holds its secret",
            description = "A change needs If-Match.")
    @ApiResponse(responseCode = "200", description = "Changed", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "201", description = "Made", useReturnTypeSchema = true)
    ResponseEntity<WebhookView> put(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            @Valid @RequestBody WebhookSettings body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        ComponentScope scope = manage(organization, project, component);
        Webhooks.Prepared prepared = webhooks.put(
                scope,
                Objects.requireNonNullElse(body.branches(), List.of()),
                Objects.requireNonNullElse(body.paths(), List.of()),
                ifMatch);
        return answer(prepared.secret() == null ? HttpStatus.OK : HttpStatus.CREATED, prepared);
    }

    /** The webhook, without its secret. */
    @GetMapping
    @Operation(operationId = "getWebhook", summary = "Read a component's webhook")
    ResponseEntity<WebhookView> get(
            @PathVariable String organization, @PathVariable String project, @PathVariable String component) {
        ComponentScope scope = access.component(organization, project, component, Permission.VIEW);
        return answer(HttpStatus.OK, new Webhooks.Prepared(webhooks.require(scope), null));
    }

    /** Makes another secret, and shows it this once. The old one is not accepted any more. */
    @PostMapping("/rotate")
    @Operation(
            operationId = "rotateWebhookSecret",
            summary = "Replace the secret; the answer is the only one that holds the new one")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    ResponseEntity<WebhookView> rotate(
            @PathVariable String organization, @PathVariable String project, @PathVariable String component) {
        return answer(HttpStatus.OK, webhooks.rotate(manage(organization, project, component)));
    }

    /** Removes the webhook: deliveries are not accepted any more. */
    @DeleteMapping
    @Operation(operationId = "deleteWebhook", summary = "Remove a webhook: deliveries are not accepted any more")
    ResponseEntity<Void> delete(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        webhooks.delete(manage(organization, project, component), ifMatch);
        return ResponseEntity.noContent().build();
    }

    /**
     * Lists the deliveries that were proven, the newest first.
     *
     * @param outcome only those that ended so
     */
    @GetMapping("/deliveries")
    @Operation(operationId = "listWebhookDeliveries", summary = "List the deliveries that were proven, newest first")
    Page<Delivery> deliveries(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            @RequestParam(required = false) Delivery.@Nullable Outcome outcome,
            PageRequest page) {
        ComponentScope scope = access.component(organization, project, component, Permission.VIEW);
        return deliveries.list(scope, outcome, page);
    }

    /** Decides over a push anew, as after a change of the branches or after a build that was lost. */
    @PostMapping("/deliveries/{delivery}/redelivery")
    @Operation(
            operationId = "redeliverWebhookDelivery",
            summary = "Take a push again, by what the webhook asks for now",
            description =
                    "Makes a delivery of its own, and a build if the push is to be built. 409 for what is no push.")
    ResponseEntity<Delivery> redeliver(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String component,
            @PathVariable UUID delivery) {
        ComponentScope scope = access.component(organization, project, component, Permission.BUILD);
        Delivery taken = deliveries.takeAgain(
                scope, webhooks.require(scope), delivery, access.caller().username());
        return ResponseEntity.status(HttpStatus.CREATED).body(taken);
    }

    private ComponentScope manage(String organization, String project, String component) {
        return access.component(organization, project, component, Permission.CONFIGURE);
    }

    private ResponseEntity<WebhookView> answer(HttpStatus status, Webhooks.Prepared prepared) {
        Webhook webhook = prepared.webhook();
        return ResponseEntity.status(status)
                .eTag(Versions.etag(webhook.version()))
                .body(new WebhookView(
                        webhook.componentId(),
                        webhook.provider(),
                        address + "/webhooks/" + webhook.componentId(),
                        prepared.secret(),
                        webhook.branches(),
                        webhook.paths(),
                        webhook.createdAt(),
                        webhook.updatedAt(),
                        webhook.version()));
    }
}
