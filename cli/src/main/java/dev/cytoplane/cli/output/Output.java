package dev.cytoplane.cli.output;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * Results go to standard output, everything else to standard error, so that a pipe carries only results. Thread-safe.
 */
public final class Output {

    private final PrintStream out;
    private final PrintStream err;
    private final Terminal terminal;
    private final boolean colorOut;
    private final boolean colorErr;
    private final boolean quiet;
    private @Nullable Progress progress;

    public Output(PrintStream out, PrintStream err, Terminal terminal, boolean color, boolean quiet) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.colorOut = color && terminal.out();
        this.colorErr = color && terminal.err();
        this.quiet = quiet;
    }

    public int width() {
        return terminal.width();
    }

    public boolean quiet() {
        return quiet;
    }

    /** Standard output is a terminal. */
    public boolean isTerminal() {
        return terminal.out();
    }

    /** Colours on standard output. */
    public boolean color() {
        return colorOut;
    }

    public String style(Style style, String text) {
        return colorOut ? style.apply(text) : text;
    }

    /** For text that goes to standard error. */
    public String errStyle(Style style, String text) {
        return colorErr ? style.apply(text) : text;
    }

    /** A line of the result. */
    public synchronized void result(String line) {
        clearProgress();
        out.println(line);
        out.flush();
    }

    /** Part of the result, as it is. */
    public synchronized void raw(String text) {
        clearProgress();
        out.print(text);
        out.flush();
    }

    /** What the person should know but a script must not read: to standard error, unless {@code --quiet}. */
    public synchronized void note(String line) {
        if (!quiet) {
            clearProgress();
            err.println(line);
        }
    }

    /** To standard error, always. */
    public synchronized void error(String line) {
        clearProgress();
        err.println(line);
    }

    /** Part of a live log: to standard error, as it is. */
    public synchronized void log(String text) {
        if (!quiet) {
            clearProgress();
            err.print(text);
            err.flush();
        }
    }

    /** A line that says what is going on, until it is closed. */
    public synchronized Progress progress(String what) {
        Progress started = new Progress(this, err, terminal.err() && !quiet, quiet, what);
        progress = started;
        started.start();
        return started;
    }

    private void clearProgress() {
        if (progress != null) {
            progress.clear();
        }
    }

    synchronized void ended(Progress ended) {
        if (ended == progress) {
            progress = null;
        }
    }
}
