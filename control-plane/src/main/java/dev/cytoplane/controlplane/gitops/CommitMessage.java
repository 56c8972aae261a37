package dev.cytoplane.controlplane.gitops;

import dev.cytoplane.contracts.cell.Cell;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a commit says: which cell, which version, which releases, and who caused it, the last as trailers. Pure. */
final class CommitMessage {

    private static final int MOST_COMPONENTS = 50;
    private static final int MOST_CAUSES = 10;

    private CommitMessage() {}

    /**
     * Of a cell that is written.
     *
     * @param before what the file said until now; null when it is new
     */
    static String written(Cell cell, @Nullable Manifest before, Collection<String> causes) {
        Map<String, String> old = before == null ? Map.of() : releases(before.content());
        Map<String, String> now = new TreeMap<>();
        cell.spec().components().forEach(component -> now.put(component.name(), component.release()));
        StringJoiner lines = new StringJoiner("\n");
        now.entrySet().stream()
                .limit(MOST_COMPONENTS)
                .forEach(component -> lines.add(line(component.getKey(), component.getValue(), old)));
        old.keySet().stream()
                .filter(name -> !now.containsKey(name))
                .limit(MOST_COMPONENTS)
                .forEach(name -> lines.add(clean(name) + ": removed"));
        Map<String, String> trailers = new LinkedHashMap<>();
        trailers.put("Cell-Version", Long.toString(cell.metadata().version()));
        trailers.put("Content-Hash", cell.metadata().contentHash());
        return message(
                "%s: version %d"
                        .formatted(cell.metadata().name(), cell.metadata().version()),
                lines.toString(),
                trailers,
                causes);
    }

    /** Of a cell that is gone, or placed elsewhere. */
    static String removed(String cell, Collection<String> causes) {
        return message(cell + ": removed", "It is not to run here any more.", Map.of(), causes);
    }

    private static String message(
            String subject, String body, Map<String, String> trailers, Collection<String> causes) {
        StringJoiner end = new StringJoiner("\n");
        trailers.forEach((name, value) -> end.add(name + ": " + value));
        causes.stream().limit(MOST_CAUSES).forEach(cause -> end.add("Caused-by: " + clean(cause)));
        return subject + "\n\n" + body + (end.length() == 0 ? "" : "\n\n" + end) + "\n";
    }

    private static String line(String component, String release, Map<String, String> old) {
        String was = old.get(component);
        if (was == null) {
            return "%s: %s (new)".formatted(component, release);
        }
        return was.equals(release)
                ? "%s: %s (as before)".formatted(component, release)
                : "%s: %s (was %s)".formatted(component, release, clean(was));
    }

    private static Map<String, String> releases(@Nullable Object content) {
        Map<String, String> releases = new TreeMap<>();
        if (content instanceof Map<?, ?> resource
                && resource.get("spec") instanceof Map<?, ?> spec
                && spec.get("components") instanceof List<?> components) {
            for (Object component : components) {
                if (component instanceof Map<?, ?> fields
                        && fields.get("name") instanceof String name
                        && fields.get("release") instanceof String release) {
                    releases.put(name, release);
                }
            }
        }
        return releases;
    }

    /** On one line, since a line break would begin a trailer of its own. */
    private static String clean(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= 100 ? line : line.substring(0, 100);
    }
}
