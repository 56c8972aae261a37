package dev.cytoplane.endtoend.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.WithPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** After a change of the API: {@code ./mvnw verify -pl end-to-end -am -Dit.test=RestReferenceTest -Dreference.write=true}. */
@WithPlatform
class RestReferenceTest {

    private final Platform platform;

    RestReferenceTest(Platform platform) {
        this.platform = platform;
    }

    @Test
    void thePublishedPageIsTheOneOfTheServedDocument() throws IOException {
        JsonNode document = platform.api().get("/openapi.json").expect(200).json();
        assertThat(document.path("openapi").asString()).startsWith("3.1");
        String content = RestReferencePage.of(document);
        Path page = platform.root().resolve("docs/reference/rest.md");
        if (Boolean.getBoolean("reference.write")) {
            Files.writeString(page, content);
        }
        assertThat(page).content().isEqualTo(content);
    }

    /** The console's client is generated from it, without a platform that runs. */
    @Test
    void thePublishedDocumentIsTheServedOne() throws IOException {
        ObjectNode document =
                (ObjectNode) platform.api().get("/openapi.json").expect(200).json();
        // This platform's own address.
        document.remove("servers");
        Path published = platform.root().resolve("docs/reference/openapi.json");
        JsonMapper json = JsonMapper.builder().build();
        if (Boolean.getBoolean("reference.write")) {
            Files.writeString(published, json.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n");
        }
        assertThat(json.readTree(published)).isEqualTo(document);
    }
}
