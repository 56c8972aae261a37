package dev.cytoplane.dataplane.link;

import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.contracts.link.LogLine;
import dev.cytoplane.dataplane.runtime.LogReader;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

/**
 * A log as the body of a request: each line is handed on as soon as it is read. The JDK's publisher of an input stream
 * would read on before it lets the client write, and so hold the first lines back until there are more. A blank line now
 * and then shows whether anybody still reads.
 */
final class LogBody implements HttpRequest.BodyPublisher {

    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(5);
    private static final byte[] BLANK = {'\n'};

    private final LogReader reader;
    private final Executor executor;

    LogBody(LogReader reader, Executor executor) {
        this.reader = reader;
        this.executor = executor;
    }

    @Override
    public long contentLength() {
        return -1;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> client) {
        client.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long chunks) {
                // The client asks for one at a time, and not again before it has it: so one thread reads at a time.
                executor.execute(() -> hand(client, chunks));
            }

            @Override
            public void cancel() {
                reader.close();
            }
        });
    }

    private void hand(Flow.Subscriber<? super ByteBuffer> client, long chunks) {
        try {
            for (long left = chunks; left > 0; left--) {
                List<LogLine> lines = reader.finished() ? List.of() : reader.next(SIGN_OF_LIFE);
                if (lines.isEmpty() && reader.finished()) {
                    client.onComplete();
                    return;
                }
                client.onNext(ByteBuffer.wrap(lines.isEmpty() ? BLANK : bytes(lines)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            client.onError(e);
        } catch (RuntimeException e) {
            client.onError(e);
        }
    }

    private static byte[] bytes(List<LogLine> lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (LogLine line : lines) {
            bytes.writeBytes(ContractJson.canonical(line));
            bytes.write('\n');
        }
        return bytes.toByteArray();
    }
}
