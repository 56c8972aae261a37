package dev.cytoplane.dataplane.link;

import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.dataplane.status.StatusSource;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends statuses: soon after a change, many changes as one, and each now and then without one. Only the last status of a
 * cell counts, so what could not be sent is not kept.
 */
final class StatusSender {

    private static final Logger log = LoggerFactory.getLogger(StatusSender.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int GONE = 404;

    private final LinkClient link;
    private final StatusSource statuses;
    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    private final Map<String, String> sent = new ConcurrentHashMap<>();

    StatusSender(LinkClient link, StatusSource statuses) {
        this.link = link;
        this.statuses = statuses;
        statuses.onChange(changed::add);
    }

    /** Everything is sent again next time, changed or not. */
    void all() {
        sent.clear();
        changed.addAll(statuses.cells());
    }

    /** Sends what has changed. Called by one thread, several times a second. */
    void flush() throws InterruptedException {
        for (String cell : Set.copyOf(changed)) {
            changed.remove(cell);
            Optional<StatusSource.Report> report = statuses.of(cell);
            if (report.isPresent() && !send(report.get())) {
                changed.add(cell);
                return;
            }
        }
    }

    private boolean send(StatusSource.Report report) throws InterruptedException {
        CellStatus status = report.status();
        String content = ContractJson.contentHash(withoutFigures(status));
        boolean news = !content.equals(sent.get(status.cell()));
        if (!news) {
            return true;
        }
        try {
            link.send(
                    link.request("/link/v1/cells/" + status.cell() + "/status")
                            .timeout(TIMEOUT)
                            .header("Content-Type", "application/json")
                            .PUT(HttpRequest.BodyPublishers.ofByteArray(ContractJson.canonical(status)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (LinkException e) {
            if (e.status() / 100 == 5) {
                log.warn("{}", e.getMessage());
                return false;
            }
            // The control plane does not know the cell, or will never take this status: the next one may be better.
            log.atLevel(e.status() == GONE ? org.slf4j.event.Level.DEBUG : org.slf4j.event.Level.WARN)
                    .log("{}", e.getMessage());
        } catch (IOException e) {
            log.debug("A status cannot be sent", e);
            return false;
        }
        sent.put(status.cell(), content);
        report.delivered().run();
        return true;
    }

    /** Memory and processor figures change all the time and are no news. */
    private static CellStatus withoutFigures(CellStatus status) {
        return new CellStatus(
                status.cell(),
                status.observedVersion(),
                status.conditions(),
                status.components().stream()
                        .map(component -> new CellStatus.Component(
                                component.name(),
                                component.servingRelease(),
                                component.desiredRelease(),
                                component.phase(),
                                component.message(),
                                component.replicas(),
                                component.readyReplicas(),
                                component.instances().stream()
                                        .map(instance -> new CellStatus.Instance(
                                                instance.id(),
                                                instance.release(),
                                                instance.phase(),
                                                instance.pid(),
                                                instance.startedAt(),
                                                instance.restarts(),
                                                instance.lastExit(),
                                                null,
                                                null))
                                        .toList(),
                                component.endpoints(),
                                component.task(),
                                component.autoscaling()))
                        .toList(),
                status.westboundAddress());
    }
}
