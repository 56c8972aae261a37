package dev.cytoplane.controlplane.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryTest {

    @ParameterizedTest
    @CsvSource({
        "shop, cells/dev, cells/dev/shop.yaml",
        "shop, ., shop.yaml",
        "kustomization, cells/dev, cells/dev/kustomization.cell.yaml",
        "cloudbuild, ., cloudbuild.cell.yaml"
    })
    void noFileHasANameThatIsAnotherTools(String project, String directory, String file) {
        assertThat(in(directory).file(project)).isEqualTo(file);
    }

    @ParameterizedTest
    @CsvSource({"cells/dev, cells/dev/README.md", "., README.md"})
    void theDirectoryHasAPage(String directory, String page) {
        assertThat(in(directory).page()).isEqualTo(page);
        assertThat(in(directory).pageText()).contains("environment dev of acme");
    }

    private static Delivery in(String directory) {
        return new Delivery(
                UUID.randomUUID(),
                UUID.randomUUID(),
                "acme",
                "dev",
                "https://git.example.com/cells.git",
                "main",
                directory,
                null,
                DeliveryMode.GIT,
                DriftPolicy.KEEP,
                null,
                0,
                null,
                null,
                null,
                1,
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
