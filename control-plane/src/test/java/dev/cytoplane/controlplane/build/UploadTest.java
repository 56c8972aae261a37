package dev.cytoplane.controlplane.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.controlplane.api.ControlPlaneTest;
import dev.cytoplane.controlplane.source.TarGz;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ControlPlaneTest
class UploadTest {

    @LocalServerPort
    int port;

    @Test
    void aWorkingTreeIsBuiltAndEqualOnesAreOneCommitAndOneRelease() throws Exception {
        TestComponent component = TestComponent.onlyBuilt(port);

        JsonNode first = upload(component, new TarGz().file("index.html", "x").bytes(), 201);
        JsonNode second =
                upload(component, new TarGz().file("./index.html", "x").bytes(), 201);

        assertThat(first.at("/trigger").asString()).isEqualTo("UPLOAD");
        assertThat(first.at("/commit")).isEqualTo(second.at("/commit"));
        String release = component.finished(first.at("/id").asString()).text("/release");
        assertThat(release).startsWith("r-");
        assertThat(component.finished(second.at("/id").asString()).text("/release"))
                .isEqualTo(release);
    }

    @Test
    void refusesWhatIsNoArchiveOrLeadsOut() throws Exception {
        TestComponent component = TestComponent.onlyBuilt(port);

        assertThat(upload(component, "x".getBytes(StandardCharsets.UTF_8), 400)
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("body");
        assertThat(upload(component, new TarGz().file("../x", "x").bytes(), 400)
                        .at("/detail")
                        .asString())
                .contains("leads out");
        assertThat(component.client().post(component.path() + "/uploads", "{}").status())
                .isEqualTo(415);
    }

    private static JsonNode upload(TestComponent component, byte[] archive, int status) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://localhost:" + component.port() + component.path() + "/uploads"))
                                .header("Authorization", "Bearer " + component.token())
                                .header("Content-Type", "application/gzip")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(archive))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return new JsonMapper().readTree(answer.body());
    }
}
