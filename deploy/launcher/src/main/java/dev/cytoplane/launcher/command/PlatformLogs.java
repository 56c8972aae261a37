package dev.cytoplane.launcher.command;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.ServiceLogs;
import dev.cytoplane.cli.Session;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Log files of the state folder, by service. */
public final class PlatformLogs implements ServiceLogs {

    private static final Duration POLL = Duration.ofMillis(250);
    private static final int CHUNK = 64 * 1024;

    @Override
    public void print(Session session, String service, int tail, boolean follow) {
        Map<String, Path> files = files(session);
        Path file = files.get(service);
        if (file == null) {
            throw new Failure(
                    ExitCode.NOT_FOUND,
                    "There is no log of a service named " + service + ".",
                    files.isEmpty()
                            ? "Nothing was started yet in " + session.home().root() + ": cyto up"
                            : "There are: " + files.keySet().stream().collect(Collectors.joining(", ")));
        }
        try {
            long position = start(file, tail);
            do {
                position = copy(session, file, position);
                if (follow) {
                    session.http().pause(POLL);
                }
            } while (follow);
        } catch (IOException e) {
            throw new UncheckedIOException("The log " + file + " cannot be read", e);
        }
    }

    private static Map<String, Path> files(Session session) {
        Map<String, Path> files = new TreeMap<>();
        Path folder = session.home().file("logs");
        if (Files.isDirectory(folder)) {
            try (Stream<Path> all = Files.list(folder)) {
                all.filter(file -> file.toString().endsWith(".log"))
                        .forEach(file -> files.put(file.getFileName().toString().replaceFirst("\\.log$", ""), file));
            } catch (IOException e) {
                throw new UncheckedIOException("The folder " + folder + " cannot be read", e);
            }
        }
        Path gateway = session.home().file("data-plane").resolve("gateway/gateway.log");
        if (Files.exists(gateway)) {
            files.put(Gateway.NAME, gateway);
        }
        return files;
    }

    /** Where the last {@code lines} lines begin, read backwards. */
    private static long start(Path file, int lines) throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long end = log.length();
            int found = 0;
            byte[] buffer = new byte[CHUNK];
            for (long position = end; position > 0; ) {
                int length = (int) Math.min(CHUNK, position);
                position -= length;
                log.seek(position);
                log.readFully(buffer, 0, length);
                for (int i = length - 1; i >= 0; i--) {
                    if (buffer[i] == '\n' && position + i < end - 1 && ++found == lines) {
                        return position + i + 1;
                    }
                }
            }
            return 0;
        }
    }

    /** What was written since; from the beginning when the file was emptied (rotation). */
    private static long copy(Session session, Path file, long from) throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long position = log.length() < from ? 0 : from;
            log.seek(position);
            byte[] buffer = new byte[CHUNK];
            for (int length = log.read(buffer); length > 0; length = log.read(buffer)) {
                session.output().raw(new String(buffer, 0, length, StandardCharsets.UTF_8));
                position += length;
            }
            return position;
        }
    }
}
