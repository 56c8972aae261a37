package dev.cytoplane.endtoend.input;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Writes tar.gz archives, also those that no honest program writes. */
final class Archive {

    private static final int BLOCK = 512;

    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

    Archive file(String name, String text) {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    Archive file(String name, Random random, int size) {
        byte[] content = new byte[size];
        random.nextBytes(content);
        return file(name, content);
    }

    private Archive file(String name, byte[] content) {
        header(name, '0', "", content.length);
        tar.writeBytes(content);
        tar.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
        return this;
    }

    Archive symbolicLink(String name, String target) {
        header(name, '2', target, 0);
        return this;
    }

    Archive hardLink(String name, String target) {
        header(name, '1', target, 0);
        return this;
    }

    /** A character device, here the one that never ends. */
    Archive device(String name) {
        header(name, '3', "", 0);
        return this;
    }

    byte[] zipped() {
        tar.writeBytes(new byte[2 * BLOCK]);
        return gzip(tar.toByteArray());
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    /** POSIX.1-1988 (ustar). */
    private void header(String name, char type, String link, int size) {
        tar.writeBytes(block(name, type, link, size));
    }

    /** What comes before a regular file's content. */
    static byte[] header(String name, int size) {
        return block(name, '0', "", size);
    }

    private static byte[] block(String name, char type, String link, int size) {
        byte[] block = new byte[BLOCK];
        put(block, 0, name);
        put(block, 100, "0000644\0");
        put(block, 108, "0000000\0");
        put(block, 116, "0000000\0");
        put(block, 124, "%011o\0".formatted(size));
        put(block, 136, "00000000000\0");
        put(block, 148, "        ");
        block[156] = (byte) type;
        put(block, 157, link);
        put(block, 257, "ustar\00000");
        int sum = 0;
        for (byte each : block) {
            sum += each & 0xff;
        }
        put(block, 148, "%06o\0 ".formatted(sum));
        return block;
    }

    private static void put(byte[] block, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, block, offset, bytes.length);
    }
}
