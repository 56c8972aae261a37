package dev.cytoplane.builder;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The line of a Procfile that starts the component: {@code web}, else {@code worker}, else the only one there is. */
public final class Procfile {

    public static final String FILE = "Procfile";

    private static final Pattern LINE = Pattern.compile("([A-Za-z0-9_-]+):\\s*(.+)");

    private Procfile() {}

    /**
     * The command, if the source has a Procfile with a line to start.
     *
     * @throws BuildFailure when the line can only be run by a shell
     */
    public static Optional<List<String>> command(SourceFiles files) {
        return files.text(FILE)
                .flatMap(Procfile::line)
                .map(text -> CommandLine.parse(text)
                        .orElseThrow(() -> new BuildFailure(
                                "The Procfile's line `%s` needs a shell, and none runs it. Write the program and its arguments plainly, or put them as a list under run.command in cytoplane.yaml; the port to listen on is in the variable PORT."
                                        .formatted(text))));
    }

    private static Optional<String> line(String procfile) {
        List<Matcher> lines = procfile.lines()
                .map(line -> LINE.matcher(line.strip()))
                .filter(Matcher::matches)
                .toList();
        return named(lines, "web")
                .or(() -> named(lines, "worker"))
                .or(() -> lines.size() == 1 ? Optional.of(lines.getFirst().group(2)) : Optional.empty());
    }

    private static Optional<String> named(List<Matcher> lines, String name) {
        return lines.stream()
                .filter(line -> line.group(1).equals(name))
                .map(line -> line.group(2).strip())
                .findFirst();
    }
}
