package dev.cytoplane.dataplane.runtime.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When the lines of a log were written. Processes write into their log by themselves, so that they can outlive the agent;
 * the agent only notes, several times a second, how long the log has become: pairs of a length and a time in a file
 * beside it.
 */
final class LogTimes {

    private static final Logger log = LoggerFactory.getLogger(LogTimes.class);
    private static final int ENTRY = 2 * Long.BYTES;

    private final Path logFile;
    private final Clock clock;
    private long noted;

    LogTimes(Path logFile, Clock clock) {
        this.logFile = logFile;
        this.clock = clock;
        Index index = read(logFile);
        this.noted = index.count == 0 ? 0 : index.length(index.count - 1);
    }

    static Path file(Path logFile) {
        return logFile.resolveSibling(logFile.getFileName() + ".times");
    }

    /** For one thread, called often. */
    void note() {
        long length = logFile.toFile().length();
        if (length == noted) {
            return;
        }
        try {
            if (length < noted && Files.exists(file(logFile))) {
                Files.move(file(logFile), file(LogFile.older(logFile)), StandardCopyOption.REPLACE_EXISTING);
            }
            if (length > 0) {
                ByteBuffer entry = ByteBuffer.allocate(ENTRY).putLong(length).putLong(clock.millis());
                Files.write(file(logFile), entry.array(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
            noted = length;
        } catch (IOException e) {
            log.warn("The times of {} cannot be noted", logFile, e);
        }
    }

    static Index read(Path logFile) {
        try (FileChannel channel = FileChannel.open(file(logFile), StandardOpenOption.READ)) {
            ByteBuffer entries = ByteBuffer.allocate(Math.toIntExact(channel.size() / ENTRY * ENTRY));
            while (entries.hasRemaining() && channel.read(entries) >= 0) {
                // Until all is there.
            }
            return new Index(entries.flip(), entries.limit() / ENTRY);
        } catch (IOException e) {
            return new Index(ByteBuffer.allocate(0), 0);
        }
    }

    /** The notes of one log, by growing length. */
    record Index(ByteBuffer entries, int count) {

        long length(int number) {
            return entries.getLong(number * ENTRY);
        }

        /** When the log had become this long; now when nobody has noted that yet. */
        Instant at(long length) {
            int low = 0;
            int high = count;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (length(middle) < length) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low == count ? Instant.now() : Instant.ofEpochMilli(entries.getLong(low * ENTRY + Long.BYTES));
        }
    }
}
