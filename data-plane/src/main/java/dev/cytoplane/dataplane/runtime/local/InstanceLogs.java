package dev.cytoplane.dataplane.runtime.local;

import dev.cytoplane.dataplane.storage.StateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the logs of instances are. A component keeps those of its last ended instances, so that a failure can be read. */
final class InstanceLogs {

    private static final String SUFFIX = ".log";
    private static final int ENDED = 3;

    private final LocalSettings settings;

    InstanceLogs(LocalSettings settings) {
        this.settings = settings;
    }

    Path file(String cell, String component, String instance) {
        return folder(cell, component).resolve(instance + SUFFIX);
    }

    /** The last lines of an instance's log, for a message; empty when there is none. */
    String last(String cell, String component, String instance, int lines) {
        List<LogFile.Line> found = new LogFile(file(cell, component, instance)).tail(lines);
        return found.stream().map(LogFile.Line::text).collect(Collectors.joining("\n"));
    }

    /** Ids of the instances whose logs are here, the newest last. */
    List<String> instances(String cell, String component) {
        Path folder = folder(cell, component);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted(Comparator.comparingLong(file -> file.toFile().lastModified()))
                    .map(file -> file.getFileName().toString())
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void prune(String cell, String component, Set<String> live) {
        List<String> ended = instances(cell, component).stream()
                .filter(instance -> !live.contains(instance))
                .toList();
        ended.stream().limit(Math.max(0, ended.size() - ENDED)).forEach(instance -> {
            Path file = file(cell, component, instance);
            StateFiles.delete(file);
            StateFiles.delete(LogFile.older(file));
            StateFiles.delete(LogTimes.file(file));
            StateFiles.delete(LogTimes.file(LogFile.older(file)));
        });
    }

    private Path folder(String cell, String component) {
        return settings.componentFolder(cell, component).resolve("logs");
    }
}
