package dev.cytoplane.dataplane.kubernetes.delivery;

import dev.cytoplane.contracts.link.LogLine;
import dev.cytoplane.dataplane.kubernetes.desired.Labels;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import dev.cytoplane.dataplane.runtime.LogReader;
import dev.cytoplane.dataplane.runtime.LogSource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The logs of pods, as the kubelet keeps them. A log that is followed is that of the pods there were when it began. */
public final class PodLogs implements LogSource {

    private static final Logger log = LoggerFactory.getLogger(PodLogs.class);
    private static final int LONGEST = 16_384;
    private static final int AHEAD = 1_000;

    private final KubernetesClient client;

    public PodLogs(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public LogReader logs(String cell, String component, @Nullable String instance, int tail, boolean follow) {
        Reader reader = new Reader();
        CellPods.pods(client, cell, Labels.component(component))
                .filter(pod -> instance == null
                        || instance.equals(pod.getMetadata().getName())
                        || instance.equals(pod.getMetadata().getLabels().get(CellPods.JOB)))
                .forEach(pod -> reader.add(
                        pod.getMetadata().getNamespace(), pod.getMetadata().getName(), tail, follow));
        return reader;
    }

    private final class Reader implements LogReader {

        private final BlockingQueue<LogLine> lines = new ArrayBlockingQueue<>(AHEAD);
        private final AtomicInteger running = new AtomicInteger();
        private final List<Thread> threads = new ArrayList<>();
        private final List<LogWatch> watches = new ArrayList<>();

        void add(String namespace, String pod, int tail, boolean follow) {
            running.incrementAndGet();
            var source = client.pods()
                    .inNamespace(namespace)
                    .withName(pod)
                    .inContainer(Names.COMPONENT)
                    .usingTimestamps()
                    .tailingLines(tail);
            if (follow) {
                LogWatch watch = source.watchLog();
                watches.add(watch);
                threads.add(Thread.ofVirtual().start(() -> {
                    InputStream output = watch.getOutput();
                    read(
                            pod,
                            output == null
                                    ? new StringReader("")
                                    : new InputStreamReader(output, StandardCharsets.UTF_8));
                }));
            } else {
                threads.add(Thread.ofVirtual().start(() -> read(pod, new StringReader(source.getLog()))));
            }
        }

        private void read(String pod, java.io.Reader source) {
            try (BufferedReader reader = new BufferedReader(source)) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    lines.put(line(pod, line));
                }
            } catch (IOException e) {
                log.debug("The log of {} has ended", pod, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                running.decrementAndGet();
            }
        }

        @Override
        public List<LogLine> next(Duration patience) throws InterruptedException {
            List<LogLine> ready = new ArrayList<>();
            LogLine first = lines.poll(finished() ? 0 : patience.toMillis(), TimeUnit.MILLISECONDS);
            if (first != null) {
                ready.add(first);
                lines.drainTo(ready);
            }
            return ready;
        }

        @Override
        public boolean finished() {
            return running.get() == 0 && lines.isEmpty();
        }

        @Override
        public void close() {
            watches.forEach(LogWatch::close);
            threads.forEach(Thread::interrupt);
        }
    }

    /** The kubelet writes the time, a space, and the line. */
    private static LogLine line(String pod, String written) {
        int space = written.indexOf(' ');
        String text = space < 0 ? "" : written.substring(space + 1);
        String shortened = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        try {
            return new LogLine(Instant.parse(space < 0 ? written : written.substring(0, space)), pod, shortened);
        } catch (DateTimeParseException e) {
            return new LogLine(Instant.EPOCH, pod, written);
        }
    }
}
