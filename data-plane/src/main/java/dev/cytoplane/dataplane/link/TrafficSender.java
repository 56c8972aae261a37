package dev.cytoplane.dataplane.link;

import dev.cytoplane.contracts.cell.CellTraffic;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.contracts.link.TrafficReport;
import dev.cytoplane.dataplane.traffic.TrafficSource;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what goes through the gateways, one request for all cells of which something is new. What could not be told is
 * not kept: the next figures take its place.
 */
final class TrafficSender {

    private static final Logger log = LoggerFactory.getLogger(TrafficSender.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    /** Below what the control plane takes as one body. */
    private static final int MOST_EDGES = 4_000;

    private final LinkClient link;
    private final TrafficSource source;
    private final Map<String, CellTraffic> sent = new ConcurrentHashMap<>();

    TrafficSender(LinkClient link, TrafficSource source) {
        this.link = link;
        this.source = source;
    }

    /** Everything is told again next time. */
    void all() {
        sent.clear();
    }

    /** Called by one thread, every few seconds. */
    void send() throws InterruptedException {
        List<CellTraffic> news = new ArrayList<>();
        int edges = 0;
        for (CellTraffic cell : source.traffic()) {
            edges += cell.edges().size();
            if (edges <= MOST_EDGES && isNews(cell, sent.get(cell.cell()))) {
                news.add(cell);
            }
        }
        if (news.isEmpty()) {
            return;
        }
        try {
            link.send(
                    link.request("/link/v1/traffic")
                            .timeout(TIMEOUT)
                            .header("Content-Type", "application/json")
                            .PUT(HttpRequest.BodyPublishers.ofByteArray(
                                    ContractJson.canonical(new TrafficReport(news))))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            news.forEach(cell -> sent.put(cell.cell(), cell));
        } catch (IOException e) {
            log.debug("Traffic cannot be told", e);
        }
    }

    /** That nothing happens in a cell is told once. */
    private static boolean isNews(CellTraffic cell, @Nullable CellTraffic before) {
        return before == null
                || !cell.edges().equals(before.edges())
                || (!cell.edges().isEmpty() && cell.until().isAfter(before.until()));
    }
}
