package dev.cytoplane.dataplane.runtime.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads the lines of a log that a process appends to and that is rotated by copying. For one thread. */
final class LogFile {

    private static final int MOST_AT_ONCE = 4 << 20;
    private static final int LONGEST_LINE = 16_384;

    /** A line and when it was captured. */
    record Line(Instant time, String text) {}

    private final Path file;
    private long position;

    LogFile(Path file) {
        this.file = file;
    }

    static Path older(Path file) {
        return file.resolveSibling(file.getFileName() + ".1");
    }

    /** The last lines, from the older file too if need be. What {@link #fresh} gives afterwards begins behind them. */
    List<Line> tail(int lines) {
        List<Line> newest = last(file, lines);
        position = endOfLines(file);
        if (newest.size() < lines) {
            List<Line> all = new ArrayList<>(last(older(file), lines - newest.size()));
            all.addAll(newest);
            return all;
        }
        return newest;
    }

    /** The whole lines that were added since the last call. */
    List<Line> fresh() {
        long size = size(file);
        if (size < position) {
            // Rotated: the rest of the old content stands in the older file, and is left there.
            position = 0;
        }
        if (size == position) {
            return List.of();
        }
        byte[] bytes = read(file, position, (int) Math.min(size - position, MOST_AT_ONCE));
        int end = endOfLastLine(bytes);
        if (end == 0 && bytes.length < MOST_AT_ONCE) {
            return List.of();
        }
        int taken = end == 0 ? bytes.length : end;
        List<Line> lines = split(bytes, 0, taken, position, LogTimes.read(file));
        position += taken;
        return lines;
    }

    private static List<Line> last(Path file, int lines) {
        long size = size(file);
        int length = (int) Math.min(size, MOST_AT_ONCE);
        if (lines <= 0 || length == 0) {
            return List.of();
        }
        byte[] bytes = read(file, size - length, length);
        int end = endOfLastLine(bytes);
        int start = end;
        for (int found = 0; start > 0; start--) {
            if (bytes[start - 1] == '\n' && start != end && ++found == lines) {
                break;
            }
        }
        return split(bytes, start, end, size - length, LogTimes.read(file));
    }

    private static long endOfLines(Path file) {
        long size = size(file);
        int length = (int) Math.min(size, LONGEST_LINE);
        byte[] bytes = read(file, size - length, length);
        return size - length + endOfLastLine(bytes);
    }

    private static int endOfLastLine(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private static List<Line> split(byte[] bytes, int from, int to, long offset, LogTimes.Index times) {
        List<Line> lines = new ArrayList<>();
        int start = from;
        for (int index = from; index < to; index++) {
            if (bytes[index] == '\n' || index == to - 1) {
                int end = bytes[index] == '\n' ? index : index + 1;
                String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
                text = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
                lines.add(new Line(
                        times.at(offset + index + 1),
                        text.length() > LONGEST_LINE ? text.substring(0, LONGEST_LINE) : text));
                start = index + 1;
            }
        }
        return lines;
    }

    private static long size(Path file) {
        return file.toFile().length();
    }

    private static byte[] read(Path file, long from, int length) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer buffer = ByteBuffer.allocate(length);
            channel.position(from);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // Until all is there, or the file was emptied meanwhile.
            }
            byte[] bytes = new byte[buffer.position()];
            buffer.flip().get(bytes);
            return bytes;
        } catch (NoSuchFileException e) {
            return new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
