package dev.cytoplane.dataplane.link;

import dev.cytoplane.contracts.build.BuildReport;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.dataplane.runtime.BuildOrders;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends what is to be said of builds: soon after a change, and every five seconds without one. */
final class BuildSender {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration REPEAT = Duration.ofSeconds(5);

    private final LinkClient link;
    private final BuildOrders builds;
    private volatile @Nullable BuildReport sent;
    private volatile long sentAt;

    BuildSender(LinkClient link, BuildOrders builds) {
        this.link = link;
        this.builds = builds;
    }

    /** It is sent next time, changed or not. */
    void again() {
        sent = null;
    }

    /** Called by one thread, several times a second. */
    void flush() throws IOException, InterruptedException {
        Optional<BuildReport> report = builds.report();
        if (report.isEmpty() || report.get().equals(sent) && System.nanoTime() - sentAt < REPEAT.toNanos()) {
            return;
        }
        link.send(
                link.request("/link/v1/builds")
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(ContractJson.canonical(report.get())))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        sent = report.get();
        sentAt = System.nanoTime();
    }
}
