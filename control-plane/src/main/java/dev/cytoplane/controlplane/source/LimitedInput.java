package dev.cytoplane.controlplane.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends in a failure when there is more than the limit. */
final class LimitedInput extends FilterInputStream {

    private final long limit;
    private long count;

    LimitedInput(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        counted(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        counted(Math.max(0, read));
        return read;
    }

    private void counted(int more) throws Uploads.TooLarge {
        count += more;
        if (count > limit) {
            throw new Uploads.TooLarge(limit);
        }
    }
}
