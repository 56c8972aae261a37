package dev.cytoplane.dataplane.runtime.local;

import dev.cytoplane.contracts.link.LogLine;
import dev.cytoplane.dataplane.runtime.LogReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Merges the logs of a component's instances, and takes in new instances while it follows. */
final class LocalLogReader implements LogReader {

    private static final Duration POLL = Duration.ofMillis(200);

    private final InstanceLogs logs;
    private final String cell;
    private final String component;
    private final @Nullable String instance;
    private final int tail;
    private final boolean follow;
    private final Supplier<List<String>> instances;
    private final Map<String, LogFile> files = new LinkedHashMap<>();
    private boolean started;
    private volatile boolean closed;

    LocalLogReader(
            InstanceLogs logs, String cell, String component, @Nullable String instance, int tail, boolean follow) {
        this.logs = logs;
        this.cell = cell;
        this.component = component;
        this.instance = instance;
        this.tail = tail;
        this.follow = follow;
        this.instances = () -> logs.instances(cell, component);
    }

    @Override
    public List<LogLine> next(Duration patience) throws InterruptedException {
        if (!started) {
            started = true;
            List<LogLine> first = firstLines();
            if (!first.isEmpty() || !follow) {
                return first;
            }
        }
        long deadline = System.nanoTime() + patience.toNanos();
        while (!finished()) {
            List<LogLine> fresh = freshLines();
            if (!fresh.isEmpty() || System.nanoTime() >= deadline) {
                return fresh;
            }
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
        }
        return List.of();
    }

    private List<LogLine> firstLines() {
        List<LogLine> lines = new ArrayList<>();
        for (String id : wanted()) {
            LogFile file = open(id);
            file.tail(tail).forEach(line -> lines.add(new LogLine(line.time(), id, line.text())));
        }
        lines.sort(Comparator.comparing(LogLine::time));
        return List.copyOf(lines.subList(Math.max(0, lines.size() - tail), lines.size()));
    }

    private List<LogLine> freshLines() {
        wanted().forEach(this::open);
        List<LogLine> lines = new ArrayList<>();
        files.forEach((id, file) -> file.fresh().forEach(line -> lines.add(new LogLine(line.time(), id, line.text()))));
        lines.sort(Comparator.comparing(LogLine::time));
        return lines;
    }

    private List<String> wanted() {
        return instances.get().stream()
                .filter(id -> instance == null || instance.equals(id))
                .toList();
    }

    private LogFile open(String id) {
        return files.computeIfAbsent(id, key -> new LogFile(logs.file(cell, component, key)));
    }

    @Override
    public boolean finished() {
        return closed || (started && !follow);
    }

    @Override
    public void close() {
        closed = true;
    }
}
