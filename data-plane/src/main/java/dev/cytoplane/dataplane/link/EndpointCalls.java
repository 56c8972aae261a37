package dev.cytoplane.dataplane.link;

import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.contracts.link.EndpointCall;
import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.dataplane.gateway.EndpointCaller;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@code CALL_WANTED}. */
final class EndpointCalls {

    private static final Logger log = LoggerFactory.getLogger(EndpointCalls.class);
    private static final int MOST_AT_ONCE = 16;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final LinkClient link;
    private final EndpointCaller caller;
    private final ExecutorService executor;
    private final Semaphore free = new Semaphore(MOST_AT_ONCE);

    EndpointCalls(LinkClient link, EndpointCaller caller, ExecutorService executor) {
        this.link = link;
        this.caller = caller;
        this.executor = executor;
    }

    void begin(LinkEvent.CallWanted wanted) {
        boolean taken = free.tryAcquire();
        executor.execute(() -> {
            try {
                tell(
                        wanted.call(),
                        taken
                                ? caller.call(wanted)
                                : new EndpointCall.Unanswered(
                                        "The data plane has %d calls under way already. Try again in a moment."
                                                .formatted(MOST_AT_ONCE)));
            } catch (IOException e) {
                log.debug("The outcome of the call {} cannot be told", wanted.call(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                if (taken) {
                    free.release();
                }
            }
        });
    }

    private void tell(String call, EndpointCall.Outcome outcome) throws IOException, InterruptedException {
        link.send(
                link.request("/link/v1/call-outcomes/" + call)
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/json")
                        // Through the interface: only so does Jackson write the type.
                        .POST(HttpRequest.BodyPublishers.ofByteArray(ContractJson.MAPPER
                                .writerFor(EndpointCall.Outcome.class)
                                .writeValueAsBytes(outcome)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
