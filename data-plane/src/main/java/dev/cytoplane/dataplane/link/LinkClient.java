package dev.cytoplane.dataplane.link;

import dev.cytoplane.dataplane.identity.Identity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** HTTP over mTLS with this data plane's certificate; after a renewal with the new one. Thread-safe. */
final class LinkClient {

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final URI base;
    private final Identity identity;
    private volatile @Nullable HttpClient http;

    LinkClient(URI base, Identity identity) {
        this.base = base;
        this.identity = identity;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path));
    }

    /** Before it is known who the control plane is: nothing that is heard is believed, and nothing secret said. */
    HttpClient unknown() {
        return builder().sslContext(Identity.unknown()).build();
    }

    /** Before the data plane has a certificate. */
    HttpClient joining(String pinnedRoot) {
        return builder().sslContext(Identity.joining(pinnedRoot)).build();
    }

    /**
     * @throws LinkException when the answer is an error; its message holds what the control plane said
     */
    <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return requireSuccess(client().send(request, handler));
    }

    static <T> HttpResponse<T> requireSuccess(HttpResponse<T> response) throws LinkException {
        int status = response.statusCode();
        if (status / 100 == 2) {
            return response;
        }
        String said = response.body() instanceof String text ? ": " + text : "";
        throw new LinkException(
                response.request().method() + " " + response.uri().getPath() + " was answered with " + status + said,
                status);
    }

    HttpClient client() {
        HttpClient current = http;
        if (current == null) {
            synchronized (this) {
                current = http;
                if (current == null) {
                    current = builder().sslContext(identity.link()).build();
                    http = current;
                }
            }
        }
        return current;
    }

    /** The next request shows the renewed certificate; what runs goes on with the old one. */
    void certificateRenewed() {
        http = null;
    }

    void close() {
        HttpClient current = http;
        if (current != null) {
            current.shutdownNow();
        }
    }

    private static HttpClient.Builder builder() {
        // One connection for the watch, others beside it: multiplexing would gain nothing here.
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
    }
}
