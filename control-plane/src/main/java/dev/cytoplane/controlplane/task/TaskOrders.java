package dev.cytoplane.controlplane.task;

import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.controlplane.dataplane.Connected;
import dev.cytoplane.controlplane.tenancy.PlatformWork;
import java.time.Duration;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Tells data planes what runs are ordered and cancelled, again and again until they have said that they know: an order
 * that is lost is told anew a second later, by whichever instance of this service their link leads to.
 */
@Component
class TaskOrders {

    private static final int MOST = 200;
    /** As long as a deployment waits for its data plane. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final TaskRunStore store;
    private final Connected dataPlanes;
    private final PlatformWork platform;

    TaskOrders(TaskRunStore store, Connected dataPlanes, PlatformWork platform) {
        this.store = store;
        this.dataPlanes = dataPlanes;
        this.platform = platform;
    }

    @Scheduled(fixedDelay = 1_000)
    void tell() {
        // Only what can be told: else what waits for a data plane that is away would keep others waiting.
        platform.call(() -> store.orders(dataPlanes.names(), MOST)).forEach(order -> {
            LinkEvent event = order.cancel()
                    ? new LinkEvent.RunUnwanted(order.run(), order.cell(), order.component())
                    : new LinkEvent.RunWanted(order.run(), order.cell(), order.component(), order.arguments());
            dataPlanes.tell(order.dataPlane(), event);
        });
    }

    @Scheduled(fixedDelay = 5_000)
    void giveUp() {
        platform.run(() -> store.forgotten(PATIENCE, MOST)
                .forEach(run -> store.end(
                        run.id(),
                        run.cancelRequested() ? TaskRun.Status.CANCELLED : TaskRun.Status.FAILED,
                        "No data plane took it up in time: is the one of " + run.environment() + " connected?")));
    }
}
