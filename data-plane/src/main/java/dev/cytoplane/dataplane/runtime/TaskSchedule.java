package dev.cytoplane.dataplane.runtime;

import dev.cytoplane.contracts.cell.Cell;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.springframework.scheduling.support.CronExpression;

/** When a task's schedule wants runs. The control plane lets no schedule pass that cron and Spring read in two ways. */
public final class TaskSchedule {

    private final CronExpression expression;
    private final ZoneId zone;

    private TaskSchedule(CronExpression expression, ZoneId zone) {
        this.expression = expression;
        this.zone = zone;
    }

    /** Empty for a task that runs only when somebody asks. */
    public static Optional<TaskSchedule> of(Cell.Task task) {
        String schedule = task.schedule();
        if (schedule == null) {
            return Optional.empty();
        }
        return Optional.of(new TaskSchedule(
                CronExpression.parse(schedule.startsWith("@") ? schedule : "0 " + schedule),
                ZoneId.of(task.timeZone())));
    }

    /** The first time after this one; empty when there is none any more. */
    public Optional<Instant> after(Instant time) {
        return Optional.ofNullable(expression.next(time.atZone(zone))).map(next -> next.toInstant());
    }

    /** The last time after the one and not after the other. */
    public Optional<Instant> lastBetween(Instant after, Instant until) {
        Optional<Instant> last = Optional.empty();
        Optional<Instant> next = after(after);
        while (next.isPresent() && !next.get().isAfter(until)) {
            last = next;
            next = after(next.get());
        }
        return last;
    }
}
