package dev.cytoplane.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** One small file for each process that was started and has not been seen to end. */
final class ProcessRecords {

    private static final Logger log = LoggerFactory.getLogger(ProcessRecords.class);
    private static final String SUFFIX = ".json";
    private static final JsonMapper JSON = new JsonMapper();

    /** @param identity see {@link OperatingSystem#identity}; a reused pid has another one */
    record ProcessRecord(long pid, String identity, Instant startedAt, String logFile, long logBytes, int olderFiles) {}

    private final Path folder;

    ProcessRecords(Path folder) {
        this.folder = folder;
        try {
            if (Files.getFileStore(existing(folder)).supportsFileAttributeView("posix")) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path existing(Path folder) {
        Path candidate = folder.toAbsolutePath();
        while (!Files.exists(candidate)) {
            candidate = candidate.resolve("..").normalize();
        }
        return candidate;
    }

    void write(String id, ProcessRecord entry) throws IOException {
        Path temporary = folder.resolve(id + ".new");
        Files.write(temporary, JSON.writeValueAsBytes(entry));
        Files.move(temporary, file(id), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    Optional<ProcessRecord> read(String id) {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file(id)), ProcessRecord.class));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    void delete(String id) {
        try {
            Files.deleteIfExists(file(id));
        } catch (IOException e) {
            // Harmless: the record names a process that has ended, and is never taken for a live one.
            log.warn("The record of process {} cannot be deleted", id, e);
        }
    }

    List<String> ids() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String id) {
        return folder.resolve(id + SUFFIX);
    }
}
