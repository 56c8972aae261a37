package dev.cytoplane.dataplane.testing;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.ComponentType;
import dev.cytoplane.contracts.descriptor.Protocol;
import dev.cytoplane.contracts.descriptor.Visibility;
import dev.cytoplane.contracts.json.ContractJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/** Cells and artifacts as the control plane would make them. */
public final class TestCells {

    private TestCells() {}

    public static Cell cell(String project, long version, Cell.Component... components) {
        String name = project + ".production.acme";
        Cell.Spec spec = new Cell.Spec(
                "spiffe://test.local/acme/production/" + project, name + ".localhost", null, List.of(components));
        return new Cell(
                Cell.API_VERSION,
                Cell.KIND,
                new Cell.Metadata(name, "acme", "production", project, version, ContractJson.contentHash(spec)),
                spec);
    }

    /** A component that runs {@link TestService}, with one public endpoint at the root. */
    public static ComponentBuilder service(String name) {
        return new ComponentBuilder(name);
    }

    public static byte[] archive(Map<String, String> files) {
        Map<String, byte[]> contents = new TreeMap<>();
        files.forEach((name, text) -> contents.put(name, text.getBytes(StandardCharsets.UTF_8)));
        return archiveOf(contents);
    }

    public static byte[] archiveOf(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
                byte[] content = file.getValue();
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    /** Test classes of this module, for the class path of a component. */
    public static Path classes() {
        try {
            return Path.of(TestService.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Changes what differs from the usual. */
    public static final class ComponentBuilder {

        private final String name;
        private String release = "r-000000000001";
        private Cell.Artifact artifact = new Cell.Artifact("sha256:" + "0".repeat(64), Cell.Artifact.Kind.BUNDLE, 1);
        private List<String> command = List.of(
                "java",
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes().toString(),
                TestService.class.getName());
        private Map<String, String> environment = Map.of();
        private List<Cell.SealedSecret> secrets = List.of();
        private List<Cell.Endpoint> endpoints = List.of(endpoint("http", Visibility.PUBLIC, "/"));
        private List<Cell.Connection> connections = List.of();
        private @Nullable Long restart;
        private int replicas = 1;
        private int startupSeconds = 60;
        private @Nullable Long memoryBytes;
        private Cell.@Nullable Task task;
        private Cell.@Nullable Autoscaling autoscaling;
        private @Nullable Integer cpuMillis;

        private ComponentBuilder(String name) {
            this.name = name;
        }

        public ComponentBuilder release(String id, String digest) {
            release = id;
            artifact = new Cell.Artifact(digest, Cell.Artifact.Kind.BUNDLE, 1);
            return this;
        }

        public ComponentBuilder site(String id, String digest) {
            release = id;
            artifact = new Cell.Artifact(digest, Cell.Artifact.Kind.STATIC, 1);
            command = List.of();
            return this;
        }

        public ComponentBuilder command(String... arguments) {
            command = List.of(arguments);
            return this;
        }

        public ComponentBuilder environment(Map<String, String> variables) {
            environment = variables;
            return this;
        }

        public ComponentBuilder secrets(Cell.SealedSecret... sealed) {
            secrets = List.of(sealed);
            return this;
        }

        public ComponentBuilder endpoints(Cell.Endpoint... offered) {
            endpoints = List.of(offered);
            return this;
        }

        public ComponentBuilder connections(Cell.Connection... needed) {
            connections = List.of(needed);
            return this;
        }

        public ComponentBuilder replicas(int count) {
            replicas = count;
            return this;
        }

        /** Scaled by its load. */
        public ComponentBuilder autoscaling(int fewest, int most, int cpuPercent) {
            replicas = fewest;
            autoscaling = new Cell.Autoscaling(fewest, most, cpuPercent, null);
            return this;
        }

        public ComponentBuilder cpuMillis(int millis) {
            cpuMillis = millis;
            return this;
        }

        public ComponentBuilder startupSeconds(int seconds) {
            startupSeconds = seconds;
            return this;
        }

        public ComponentBuilder memoryBytes(long bytes) {
            memoryBytes = bytes;
            return this;
        }

        public ComponentBuilder restart(long count) {
            restart = count;
            return this;
        }

        /** It offers nothing, and runs when its schedule or somebody wants it. */
        public ComponentBuilder task(Cell.Task how) {
            task = how;
            endpoints = List.of();
            replicas = 0;
            return this;
        }

        public Cell.Component build() {
            return new Cell.Component(
                    name,
                    task == null
                            ? ComponentType.SERVICE
                            : task.schedule() == null ? ComponentType.MANUAL_TASK : ComponentType.SCHEDULED_TASK,
                    release,
                    artifact,
                    command,
                    environment,
                    secrets,
                    endpoints,
                    connections,
                    new Cell.Probes(new Cell.Probe(null, 1, 2, 3, startupSeconds), null),
                    replicas,
                    memoryBytes,
                    cpuMillis,
                    5,
                    restart,
                    task,
                    autoscaling);
        }
    }

    public static Cell.Endpoint endpoint(String name, Visibility visibility, String path, Cell.Caller... callers) {
        return new Cell.Endpoint(name, Protocol.HTTP, 8080, "/", visibility, path, null, List.of(callers));
    }
}
