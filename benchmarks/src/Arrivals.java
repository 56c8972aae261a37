import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** When each of several watches has a document that holds a mark. Both peers' watches are read by this, byte for byte. */
final class Arrivals {

    /**
     * In milliseconds from the beginning of the change.
     *
     * @param answered when the writer was told that it is stored; watches may be told before
     */
    record Spread(double answered, double first, double last) {}

    private static final class Expected {
        private final byte[] mark;
        private final CountDownLatch open;
        private final AtomicLong first = new AtomicLong(Long.MAX_VALUE);
        private final AtomicLong last = new AtomicLong(Long.MIN_VALUE);

        Expected(String mark, int watches) {
            this.mark = mark.getBytes(StandardCharsets.UTF_8);
            this.open = new CountDownLatch(watches);
        }
    }

    private final int watches;
    private volatile Expected expected = new Expected("nothing yet", 1);
    private volatile String text = "";

    Arrivals(int watches) {
        this.watches = watches;
    }

    void expect(String mark) {
        expected = new Expected(mark, watches);
    }

    Spread await(long began, long answered, Duration patience) throws InterruptedException {
        Expected current = expected;
        if (!current.open.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(current.open.getCount() + " watches have not heard of the change");
        }
        return new Spread(
                (answered - began) / 1e6, (current.first.get() - began) / 1e6, (current.last.get() - began) / 1e6);
    }

    /** The last document that held its mark. */
    String text() {
        return text;
    }

    /** One message from a stream; null at its end. */
    interface Messages {
        byte[] next() throws IOException;
    }

    /** Reads messages that a byte ends. */
    static Messages lines(InputStream in) {
        BufferedInputStream buffered = new BufferedInputStream(in);
        return () -> {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = buffered.read(); next >= 0; next = buffered.read()) {
                if (next == '\n') {
                    return line.toByteArray();
                }
                line.write(next);
            }
            return null;
        };
    }

    /** Follows a watch in a thread of its own, until its stream ends. */
    void follow(Messages messages) {
        Thread.ofVirtual().start(() -> {
            try {
                for (byte[] message = messages.next(); message != null; message = messages.next()) {
                    take(message);
                }
            } catch (IOException e) {
                // The watch was closed.
            }
        });
    }

    private void take(byte[] message) {
        long now = System.nanoTime();
        Expected current = expected;
        if (holds(message, current.mark)) {
            current.first.accumulateAndGet(now, Math::min);
            current.last.accumulateAndGet(now, Math::max);
            text = new String(message, StandardCharsets.UTF_8);
            current.open.countDown();
        }
    }

    private static boolean holds(byte[] message, byte[] mark) {
        for (int start = 0; start <= message.length - mark.length; start++) {
            int same = 0;
            while (same < mark.length && message[start + same] == mark[same]) {
                same++;
            }
            if (same == mark.length) {
                return true;
            }
        }
        return false;
    }
}
