package dev.cytoplane.builder.pod;

import dev.cytoplane.contracts.build.BuildResult;
import dev.cytoplane.contracts.build.BuildTask;
import dev.cytoplane.contracts.json.ContractJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** The control plane, as a build's pod may call it. Each call is tried again for a while: it may be starting anew. */
final class ControlPlane implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration ARTIFACT = Duration.ofMinutes(10);

    private final String build;
    private final String token;
    private final String pod;
    private final HttpClient http;

    /** @param build the URL of this build's operations */
    ControlPlane(URI build, String token, String pod, SSLContext tls) {
        this.build = build.toString();
        this.token = token;
        this.pod = pod;
        this.http = HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build();
    }

    BuildTask task() throws IOException, InterruptedException {
        return ContractJson.MAPPER.readValue(
                send(request("/task", "").build(), HttpResponse.BodyHandlers.ofByteArray()), BuildTask.class);
    }

    void source(Path file) throws IOException, InterruptedException {
        send(request("/source", "").timeout(ARTIFACT).build(), HttpResponse.BodyHandlers.ofFile(file));
    }

    /** @param from the number of the first line */
    void log(long from, String lines) throws IOException, InterruptedException {
        send(
                request("/log", "&from=" + from)
                        .POST(HttpRequest.BodyPublishers.ofString(lines))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
    }

    void artifact(Path file) throws IOException, InterruptedException {
        send(
                request("/artifact", "")
                        .timeout(ARTIFACT)
                        .PUT(HttpRequest.BodyPublishers.ofFile(file))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
    }

    void result(BuildResult result) throws IOException, InterruptedException {
        send(
                request("/result", "")
                        .header("Content-Type", "application/json")
                        // Through the interface: only so does Jackson write the type.
                        .POST(HttpRequest.BodyPublishers.ofByteArray(
                                ContractJson.MAPPER.writerFor(BuildResult.class).writeValueAsBytes(result)))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
    }

    private HttpRequest.Builder request(String what, String query) {
        return HttpRequest.newBuilder(URI.create(build + what + "?pod=" + pod + query))
                .timeout(ANSWER)
                .header(BuildTask.TOKEN, token);
    }

    private <T> T send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            IOException failure;
            try {
                HttpResponse<T> response = http.send(request, handler);
                int status = response.statusCode();
                if (status / 100 == 2) {
                    return response.body();
                }
                String said = request.uri().getPath() + " was answered with " + status;
                if (status / 100 == 4) {
                    throw new Unwanted(said);
                }
                failure = new IOException(said);
            } catch (Unwanted e) {
                throw e;
            } catch (IOException e) {
                failure = e;
            }
            if (System.nanoTime() > end) {
                throw failure;
            }
            Thread.sleep(PAUSE);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
