package dev.cytoplane.controlplane.dataplane.link;

import dev.cytoplane.contracts.link.EndpointCall;
import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.audit.Audit;
import dev.cytoplane.controlplane.cell.CellDirectory;
import dev.cytoplane.controlplane.problem.Problem;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Has data planes call endpoints on somebody's behalf. This process opens no connection for that: it asks over the link,
 * and waits for what comes back. Nothing of a call is kept but that it was made.
 */
@Component
class EndpointCalls {

    private static final int MOST_AT_ONCE = 32;
    /** A data plane gives an endpoint 15 seconds for head and body. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Watches watches;
    private final Audit audit;
    private final TransactionTemplate transaction;
    private final Map<UUID, Waiting> waiting = new ConcurrentHashMap<>();

    EndpointCalls(Watches watches, Audit audit, PlatformTransactionManager transactions) {
        this.watches = watches;
        this.audit = audit;
        this.transaction = new TransactionTemplate(transactions);
    }

    private record Waiting(String dataPlane, CompletableFuture<EndpointCall.Outcome> outcome) {}

    /**
     * Calls an endpoint and waits for the answer, without holding anything of the database meanwhile.
     *
     * @throws Problem 503 when the data plane is not connected or says nothing in time, or too many calls are under way
     */
    EndpointCall.Outcome call(
            ComponentScope scope, String environment, CellDirectory.Offered offered, EndpointCall.Request request) {
        String dataPlane = offered.location().dataPlane();
        UUID id = UUID.randomUUID();
        Waiting call = new Waiting(dataPlane, new CompletableFuture<>());
        waiting.put(id, call);
        try {
            if (waiting.size() > MOST_AT_ONCE) {
                throw unavailable("too-many-calls", "Too many endpoints are tried out now. Try again later.");
            }
            note(scope, environment, offered, request);
            LinkEvent event = new LinkEvent.CallWanted(
                    id.toString(),
                    offered.location().name(),
                    scope.component(),
                    offered.endpoint().name(),
                    request);
            if (!watches.tell(dataPlane, event)) {
                throw unavailable(
                        "data-plane-unavailable",
                        "The data plane %s is not connected: its cells run on, but their endpoints cannot be tried out from here now."
                                .formatted(dataPlane));
            }
            return call.outcome().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw unavailable(
                    "data-plane-unavailable",
                    "The data plane %s has said nothing for %d seconds.".formatted(dataPlane, PATIENCE.toSeconds()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("shutting-down", "This service is shutting down. Try again in a moment.");
        } catch (ExecutionException e) {
            throw new IllegalStateException("Nobody completes a call with a failure", e);
        } finally {
            waiting.remove(id);
        }
    }

    /** What came of a call; what is not this data plane's, or not waited for any more, is left alone. */
    void answer(Agent agent, UUID id, EndpointCall.Outcome outcome) {
        Waiting call = waiting.get(id);
        if (call != null && call.dataPlane().equals(agent.dataPlane())) {
            call.outcome().complete(outcome);
        }
    }

    /** That it is made, before it is: not its query, headers and body, which may hold secrets. */
    private void note(
            ComponentScope scope, String environment, CellDirectory.Offered offered, EndpointCall.Request request) {
        transaction.executeWithoutResult(_ -> audit.record(
                scope.organizationId(),
                "endpoint.called",
                scope.path() + "/" + offered.endpoint().name(),
                Map.of(
                        "environment",
                        environment,
                        "method",
                        request.method(),
                        "path",
                        request.path().split("\\?", 2)[0])));
    }

    private static Problem unavailable(String slug, String detail) {
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, slug, detail);
    }
}
