package dev.cytoplane.cli.output;

import java.io.PrintStream;
import java.time.Duration;

/**
 * One line of progress: turning on a terminal, else printed once each time that it changes. Lines printed through
 * {@link Output} appear above it.
 */
public final class Progress implements AutoCloseable {

    private static final String[] FRAMES = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};
    private static final Duration FRAME = Duration.ofMillis(100);

    private final Output output;
    private final PrintStream err;
    private final boolean live;
    private final boolean quiet;
    private final long started = System.nanoTime();
    private String text;
    private boolean shown;
    private boolean closed;
    private int frame;

    Progress(Output output, PrintStream err, boolean live, boolean quiet, String text) {
        this.output = output;
        this.err = err;
        this.live = live;
        this.quiet = quiet;
        this.text = text;
    }

    void start() {
        if (live) {
            Thread.ofVirtual().start(this::turn);
        } else {
            say();
        }
    }

    /** Says something new. */
    public void update(String changed) {
        synchronized (output) {
            if (!changed.equals(text)) {
                text = changed;
                if (!live && !closed) {
                    say();
                }
            }
        }
    }

    private void say() {
        if (!quiet) {
            err.println(text);
        }
    }

    private void turn() {
        while (true) {
            synchronized (output) {
                if (closed) {
                    return;
                }
                draw();
            }
            try {
                Thread.sleep(FRAME);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void draw() {
        long seconds = Duration.ofNanos(System.nanoTime() - started).toSeconds();
        String line = FRAMES[frame++ % FRAMES.length] + " " + text + (seconds >= 2 ? "  " + seconds + " s" : "");
        int width = output.width() - 1;
        err.print("\r\u001b[K" + (line.length() > width ? line.substring(0, width - 1) + "…" : line));
        err.flush();
        shown = true;
    }

    void clear() {
        if (shown) {
            err.print("\r\u001b[K");
            err.flush();
            shown = false;
        }
    }

    @Override
    public void close() {
        synchronized (output) {
            closed = true;
            clear();
            output.ended(this);
        }
    }
}
