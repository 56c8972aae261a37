package dev.cytoplane.builder.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputLinesTest {

    @Test
    void takesColoursAndControlsAwayAndKeepsWhatStoodLast() {
        assertThat(read("\u001b[31mred\u001b[0m\tdone\r\n10%\r50%\r100%\n\u001b]0;title\u0007x\u0000y"))
                .containsExactly("red\tdone", "100%", "xy");
    }

    @Test
    void cutsALineWithoutEnd() {
        assertThat(read("x".repeat(20_000))).hasSizeGreaterThan(2).allMatch(line -> line.length() <= 8192);
    }

    private static List<String> read(String text) {
        List<String> lines = new ArrayList<>();
        OutputLines.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), lines::add);
        return lines;
    }
}
