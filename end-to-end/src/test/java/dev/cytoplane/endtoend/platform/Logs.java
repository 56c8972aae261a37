package dev.cytoplane.endtoend.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the platform's services wrote to their log files. */
public record Logs(Path folder) {

    /** The last lines of each service. */
    public String tail(int lines) {
        StringBuilder text = new StringBuilder();
        for (Path file : files()) {
            List<String> all = lines(file);
            text.append("=== ").append(file.getFileName()).append('\n');
            all.subList(Math.max(0, all.size() - lines), all.size())
                    .forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }

    /** All of it. */
    public String text() {
        StringBuilder text = new StringBuilder();
        files().forEach(file -> lines(file).forEach(line -> text.append(line).append('\n')));
        return text.toString();
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static List<String> lines(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            return List.of("[" + e + "]");
        }
    }
}
