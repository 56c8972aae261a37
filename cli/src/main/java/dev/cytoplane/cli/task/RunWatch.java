package dev.cytoplane.cli.task;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Api;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.output.Progress;
import dev.cytoplane.cli.place.ComponentAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Follows a run: what it writes, until it has ended. */
final class RunWatch {

    private static final Set<String> ENDED = Set.of("SUCCEEDED", "FAILED", "CANCELLED");
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int MOST_LINES = 10_000;

    private final Session session;
    private final ComponentAddress component;
    private final String path;
    private int printed;

    RunWatch(Session session, ComponentAddress component, String id) {
        this.session = session;
        this.component = component;
        this.path = component.path("runs", id);
    }

    static boolean hasEnded(JsonNode run) {
        return ENDED.contains(Json.text(run, "status"));
    }

    /** @return the run as it ended */
    JsonNode follow() {
        JsonNode run = session.api().get(path);
        try (Progress progress = session.output().progress("Waiting for the run to begin")) {
            while (Json.textOrNull(run, "instance") == null && !hasEnded(run)) {
                progress.update(Json.text(run, "message"));
                pause();
                run = session.api().get(path);
            }
        }
        if (Json.textOrNull(run, "instance") == null) {
            return run;
        }
        String logs = logs(run, MOST_LINES);
        Thread reader = Thread.ofVirtual().start(() -> read(logs));
        while (!hasEnded(run)) {
            pause();
            run = session.api().get(path);
        }
        reader.interrupt();
        join(reader);
        printTheRest(run);
        return run;
    }

    /** Until it is interrupted. What it misses, for whatever reason, is printed in the end. */
    private void read(String logs) {
        try {
            session.api().events(logs + "&follow=true", event -> {
                if (event.type().equals("line")) {
                    print(Json.parse(event.data()));
                }
                return !Thread.currentThread().isInterrupted();
            });
        } catch (Failure e) {
            return;
        }
    }

    /** Lines come a moment after they were written: what the reader did not live to see. */
    private void printTheRest(JsonNode run) {
        int[] seen = {0};
        session.api().eventsUntilEnd(logs(run, MOST_LINES) + "&follow=false", event -> {
            if (event.type().equals("line") && ++seen[0] > printed) {
                print(Json.parse(event.data()));
            }
            return true;
        });
    }

    String logs(JsonNode run, int tail) {
        return component.path("logs") + "?environment=" + Api.encode(Json.text(run, "environment")) + "&instance="
                + Api.encode(Json.text(run, "instance")) + "&tail=" + tail;
    }

    private synchronized void print(JsonNode line) {
        printed++;
        session.output().log(Json.text(line, "text") + "\n");
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.INTERRUPTED, "Interrupted: the run goes on.", "cyto task cancel");
        }
    }

    private static void join(Thread reader) {
        try {
            reader.join(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @throws Failure with {@link ExitCode#UNSUCCESSFUL} when it has ended otherwise than well */
    void requireSuccess(JsonNode run) {
        if (hasEnded(run) && !Json.text(run, "status").equals("SUCCEEDED")) {
            throw new Failure(
                    ExitCode.UNSUCCESSFUL,
                    "The run "
                            + Json.text(run, "status").toLowerCase(Locale.ROOT).replace("failed", "has failed") + ": "
                            + Json.text(run, "message"),
                    "What it wrote: cyto task log " + component + " " + Json.text(run, "id"));
        }
    }
}
