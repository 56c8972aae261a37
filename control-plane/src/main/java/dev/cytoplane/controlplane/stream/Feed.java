package dev.cytoplane.controlplane.stream;

import java.io.IOException;

/**
 * What one reader follows. It remembers what the reader has heard, and is used by one thread at a time.
 */
public interface Feed {

    /**
     * Tells what the reader has not heard yet. Asked again after each wake-up of the topic, and every two seconds without
     * one.
     *
     * @return false when that was all, and nothing will come any more
     * @throws IOException when the reader has left; as the reader throws it
     */
    boolean tell(Reader reader) throws IOException;

    /** The stream is over, for whatever reason. */
    default void end() {}
}
