package dev.cytoplane.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.process.ProcessSpec.LogLimit;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogRotationTest {

    @TempDir
    Path folder;

    @Test
    void keepsTheGivenNumberOfOlderFilesWhileTheWriterHasItOpen() throws IOException {
        Path file = folder.resolve("service.log");
        LogLimit limit = new LogLimit(3, 2);
        try (OutputStream writer = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line : new String[] {"one\n", "two\n", "three\n", "four\n"}) {
                writer.write(line.getBytes(StandardCharsets.UTF_8));
                LogRotation.rotate(file, limit);
            }
            writer.write("5\n".getBytes(StandardCharsets.UTF_8));
            LogRotation.rotate(file, limit);
        }
        assertThat(file).hasContent("5\n");
        assertThat(LogRotation.older(file, 1)).hasContent("four\n");
        assertThat(LogRotation.older(file, 2)).hasContent("three\n");
        assertThat(LogRotation.older(file, 3)).doesNotExist();
    }
}
