package dev.cytoplane.builder.pod;

import dev.cytoplane.contracts.build.BuildTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * The log on its way to the control plane: soon after each line, many lines at once, each with its number, so that what is sent
 * twice is written once. Sends a sign of life where there is nothing to say, and learns so that nobody wants the build any more.
 * Who writes faster than it is sent waits.
 */
final class PodLog implements Consumer<String>, AutoCloseable {

    private static final Duration SOON = Duration.ofMillis(200);
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(5);
    private static final int MOST_WAITING = 4 * BuildTask.MOST_LOG;
    private static final Duration LAST = Duration.ofSeconds(60);

    private final ControlPlane controlPlane;
    private final Runnable unwanted;
    private final Deque<String> waiting = new ArrayDeque<>();
    private final Thread sender;
    private int bytes;
    private long sent;
    private boolean closing;
    private boolean broken;

    /** @param unwanted called once, when the control plane wants no more of this build */
    PodLog(ControlPlane controlPlane, Runnable unwanted) {
        this.controlPlane = controlPlane;
        this.unwanted = unwanted;
        this.sender = Thread.ofPlatform().daemon().name("log").start(this::serve);
    }

    @Override
    public synchronized void accept(String line) {
        String one = line.replace('\n', ' ').replace('\r', ' ');
        try {
            while (bytes > MOST_WAITING && !broken) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        waiting.add(one);
        bytes += size(one);
        notifyAll();
    }

    private static int size(String line) {
        return line.getBytes(StandardCharsets.UTF_8).length + 1;
    }

    private void serve() {
        try {
            while (send(next())) {
                Thread.sleep(SOON);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.out.println("The log cannot be sent: " + e.getMessage());
            unwanted.run();
        } finally {
            giveUp();
        }
    }

    private synchronized void giveUp() {
        broken = true;
        notifyAll();
    }

    private record Part(String text, int lines, int bytes, boolean last) {}

    private synchronized Part next() throws InterruptedException {
        long end = System.nanoTime() + SIGN_OF_LIFE.toNanos();
        for (long left = 1; waiting.isEmpty() && !closing && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            wait(Math.max(1, left));
        }
        StringBuilder text = new StringBuilder();
        int lines = 0;
        int size = 0;
        for (String line : waiting) {
            if (size + size(line) > BuildTask.MOST_LOG) {
                break;
            }
            text.append(line).append('\n');
            size += size(line);
            lines++;
        }
        return new Part(text.toString(), lines, size, closing && lines == waiting.size());
    }

    private boolean send(Part part) throws IOException, InterruptedException {
        if (!part.text().isEmpty() || !part.last()) {
            controlPlane.log(sent, part.text());
        }
        synchronized (this) {
            for (int i = 0; i < part.lines(); i++) {
                waiting.remove();
            }
            sent += part.lines();
            bytes -= part.bytes();
            notifyAll();
        }
        return !part.last();
    }

    /** Returns when all is sent, or cannot be. */
    @Override
    public void close() throws InterruptedException {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        sender.join(LAST);
    }
}
