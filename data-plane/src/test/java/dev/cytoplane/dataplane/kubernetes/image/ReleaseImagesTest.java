package dev.cytoplane.dataplane.kubernetes.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.dataplane.artifact.ArtifactSource;
import dev.cytoplane.dataplane.artifact.Artifacts;
import dev.cytoplane.dataplane.testing.TestCells;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names and troubles; that an image comes into a registry and runs is tested on a real cluster. */
class ReleaseImagesTest {

    private static final String DIGEST = "sha256:" + "a".repeat(64);

    @TempDir
    private Path state;

    @Test
    void aNameSaysWhatGoesIntoTheImage() {
        Cell.Component service =
                TestCells.service("web").command("node", "server.js").build();
        Cell.Component other = TestCells.service("web")
                .release("r-2", DIGEST)
                .command("node", "server.js")
                .build();

        String name = images(Map.of("node", "registry.test/node@" + DIGEST)).name(service);

        assertThat(name).matches("localhost:5999/releases:[0-9a-f]{64}-[0-9a-f]{8}");
        assertThat(images(Map.of("node", "registry.test/node@" + DIGEST)).name(service))
                .isEqualTo(name);
        assertThat(images(Map.of("node", "registry.test/node:23")).name(service))
                .isNotEqualTo(name);
        assertThat(images(Map.of("node", "registry.test/node@" + DIGEST)).name(other))
                .isNotEqualTo(name);
    }

    @Test
    void aStaticSiteRunsOnJavaUnlessSomethingElseIsGiven() {
        Cell.Component site = TestCells.service("web").site("r-2", DIGEST).build();

        assertThat(images(Map.of("java", "registry.test/java")).name(site))
                .isEqualTo(images(Map.of("java", "registry.test/node", "static", "registry.test/java"))
                        .name(site));
    }

    @Test
    void aProgramWithoutABaseIsSaidWithTheSettingThatIsMissing() {
        Cell.Component python =
                TestCells.service("web").command("python3", "app.py").build();

        assertThat(images(Map.of("node", "registry.test/node")).of(python))
                .isEqualTo(new ReleaseImage.Waiting(
                        "this data plane has no base image for the program python3:"
                                + " set cytoplane.data-plane.kubernetes.base-images.python3",
                        true));
    }

    @Test
    void whatFailsIsSaidAndTriedAgain() {
        CountDownLatch looked = new CountDownLatch(1);
        ReleaseImages images = images(Map.of("java", "registry.test/java"), digest -> {
            looked.await();
            throw new IOException("no control plane");
        });
        Cell.Component service =
                TestCells.service("web").command("java", "-jar", "app.jar").build();

        assertThat(images.of(service)).isEqualTo(new ReleaseImage.Waiting("its image is being made", false));
        looked.countDown();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(images.of(service))
                        .isEqualTo(new ReleaseImage.Waiting(
                                "its image cannot be made, trying again: no control plane", false)));
    }

    @Test
    void aRegistrysUserNeedsAPassword() {
        assertThatThrownBy(() -> new Registry("registry.test/releases", "push", null))
                .isInstanceOf(ImageException.class);
        assertThatThrownBy(() -> new Registry("https://registry.test/Releases", null, null))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("Not the name of an image");
    }

    private ReleaseImages images(Map<String, String> bases) {
        return images(bases, digest -> {
            throw new IOException("no control plane");
        });
    }

    private ReleaseImages images(Map<String, String> bases, ArtifactSource source) {
        return new ReleaseImages(
                new Artifacts(state, source, Clock.systemUTC()),
                new Registry("localhost:5999/releases", null, null),
                new BaseImages(bases),
                state);
    }
}
