package dev.cytoplane.dataplane.link;

import dev.cytoplane.dataplane.artifact.ArtifactSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Artifacts from the control plane. */
final class LinkArtifacts implements ArtifactSource {

    private static final Duration UNTIL_IT_BEGINS = Duration.ofSeconds(30);

    private final LinkClient link;

    LinkArtifacts(LinkClient link) {
        this.link = link;
    }

    @Override
    public InputStream open(String digest) throws IOException, InterruptedException {
        return link.send(
                        link.request("/link/v1/artifacts/" + digest)
                                .timeout(UNTIL_IT_BEGINS)
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream())
                .body();
    }
}
