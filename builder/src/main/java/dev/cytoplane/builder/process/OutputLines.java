package dev.cytoplane.builder.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Cuts output into lines that are safe to show in somebody's terminal. */
final class OutputLines {

    private static final int LINE_LIMIT = 8 * 1024;
    private static final Pattern ESCAPE =
            Pattern.compile("\u001b(\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(\u0007|\u001b\\\\)?|[@-_])");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\t]]");

    private OutputLines() {}

    /** Reads to the end. Longer lines are cut into several. */
    static void read(InputStream in, Consumer<String> lines) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] buffer = new byte[LINE_LIMIT];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                for (int i = 0; i < count; i++) {
                    if (buffer[i] == '\n') {
                        emit(line, lines);
                    } else {
                        line.write(buffer[i]);
                        if (line.size() >= LINE_LIMIT) {
                            emit(line, lines);
                        }
                    }
                }
            }
        } catch (IOException e) {
            // The process was ended and its pipe with it.
        }
        if (line.size() > 0) {
            emit(line, lines);
        }
    }

    private static void emit(ByteArrayOutputStream line, Consumer<String> lines) {
        lines.accept(clean(line.toString(StandardCharsets.UTF_8)));
        line.reset();
    }

    /** Of a line that was overwritten with carriage returns, what stood there last; without colours and controls. */
    static String clean(String line) {
        String text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        text = text.substring(text.lastIndexOf('\r') + 1);
        return CONTROL.matcher(ESCAPE.matcher(text).replaceAll("")).replaceAll("");
    }
}
