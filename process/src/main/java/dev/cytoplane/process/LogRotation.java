package dev.cytoplane.process;

import dev.cytoplane.process.ProcessSpec.LogLimit;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Copies a log and empties it in place. The writer has the file open for appending, so it goes on at the new end; lines
 * that it writes between the copy and the emptying are lost.
 */
final class LogRotation {

    private LogRotation() {}

    static void rotate(Path file, LogLimit limit) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) <= limit.bytes()) {
            return;
        }
        for (int number = limit.olderFiles(); number > 1; number--) {
            Path from = older(file, number - 1);
            if (Files.exists(from)) {
                Files.move(from, older(file, number), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.copy(file, older(file, 1), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
    }

    static Path older(Path file, int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }
}
