package dev.cytoplane.controlplane.build.descriptor;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.scheduling.support.CronExpression;

/**
 * When a task runs, in the form that the runtimes take alike: five fields of cron, or one of its names. Where cron and
 * Spring read a text in two ways, it is refused.
 */
final class Schedule {

    private static final Set<String> NAMES =
            Set.of("@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually");
    private static final Pattern FIELD = Pattern.compile("[0-9A-Za-z*,/-]{1,100}");
    /** Neither more letters than the names of months and days, nor those that only one of the runtimes knows (L, W, #). */
    private static final Pattern WORDS =
            Pattern.compile("(?i)JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC|MON|TUE|WED|THU|FRI|SAT|SUN");

    private Schedule() {}

    /** What is wrong with it, in a sentence about the field that holds it. */
    static Optional<String> fault(String schedule) {
        if (NAMES.contains(schedule)) {
            return Optional.empty();
        }
        List<String> fields = List.of(schedule.strip().split("\\s+"));
        if (fields.size() != 5 || !fields.stream().allMatch(Schedule::isPlain)) {
            return Optional.of(
                    "has to be five fields of cron (minute, hour, day of the month, month, day of the week), for example \"*/15 * * * *\".");
        }
        if (!fields.get(2).equals("*") && !fields.get(4).equals("*")) {
            return Optional.of(
                    "names days of the month and days of the week, which schedulers read in two ways. Name one of them.");
        }
        try {
            CronExpression.parse("0 " + String.join(" ", fields));
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("is no schedule: " + e.getMessage() + ".");
        }
    }

    private static boolean isPlain(String field) {
        return FIELD.matcher(field).matches()
                && !WORDS.matcher(field).replaceAll("").matches(".*[A-Za-z].*");
    }
}
