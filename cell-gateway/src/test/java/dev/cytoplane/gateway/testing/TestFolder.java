package dev.cytoplane.gateway.testing;

import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.gateway.GatewayConfiguration;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.Applied;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.Entry;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.Telemetry;
import dev.cytoplane.contracts.json.ContractJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The folder of a gateway, written as a data plane writes it. */
public final class TestFolder {
    private final Path root;
    private final TestAuthority authority;
    private final AtomicLong generation = new AtomicLong();
    private final int httpPort = FreePorts.next();
    private final int httpsPort = FreePorts.next();
    private @Nullable Telemetry telemetry;

    public TestFolder(Path root, TestAuthority authority) {
        this.root = root;
        this.authority = authority;
        try {
            Files.createDirectories(directory());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path directory() {
        return root.resolve("configuration");
    }

    public Path state() {
        return root.resolve("state");
    }

    public int httpPort() {
        return httpPort;
    }

    public int httpsPort() {
        return httpsPort;
    }

    public String[] arguments() {
        return new String[] {
            "--cytoplane.gateway.directory=" + directory(),
            "--cytoplane.gateway.state=" + state(),
            "--management.server.port=0"
        };
    }

    public TestFolder telemetry(String endpoint) {
        telemetry = new Telemetry(endpoint, 1.0);
        return this;
    }

    /** Writes a configuration with these cells, and tells its generation. */
    public long write(TestCell... cells) {
        for (TestCell cell : cells) {
            move(cell.name() + ".pem", cell.credential().certificatePem());
            move(cell.name() + ".key", cell.credential().keyPem());
        }
        move("trust.pem", authority.rootPem());
        long next = generation.incrementAndGet();
        GatewayConfiguration configuration = new GatewayConfiguration(
                next,
                new Entry("127.0.0.1", httpPort, httpsPort),
                "trust.pem",
                telemetry,
                Arrays.stream(cells).map(TestCell::configuration).toList());
        writeRaw(ContractJson.MAPPER.writeValueAsString(configuration));
        return next;
    }

    public void writeRaw(String configuration) {
        move("configuration.json", configuration);
    }

    public void move(String name, String content) {
        try {
            Path temporary = directory().resolve(name + ".new");
            Files.writeString(temporary, content);
            Files.move(temporary, directory().resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the gateway says of this generation, once it says something. */
    public Applied applied(long wanted) {
        return await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(this::applied, found -> found != null && found.generation() == wanted);
    }

    public @Nullable Applied applied() {
        try {
            return ContractJson.MAPPER.readValue(Files.readString(directory().resolve("applied.json")), Applied.class);
        } catch (IOException e) {
            return null;
        }
    }
}
