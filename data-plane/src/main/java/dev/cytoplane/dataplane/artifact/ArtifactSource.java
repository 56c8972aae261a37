package dev.cytoplane.dataplane.artifact;

import java.io.IOException;
import java.io.InputStream;

/** Where artifacts come from. */
public interface ArtifactSource {

    /**
     * @param digest {@code sha256:<hex>}
     * @throws IOException when the source cannot be reached or does not have it
     */
    InputStream open(String digest) throws IOException, InterruptedException;
}
