package dev.cytoplane.dataplane.runtime.local;

import static dev.cytoplane.dataplane.testing.TestCells.cell;
import static dev.cytoplane.dataplane.testing.TestCells.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.Cell.Artifact.Kind;
import dev.cytoplane.dataplane.runtime.Workload;
import dev.cytoplane.dataplane.site.StaticServer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a component finds in its environment and as its command. */
class VariablesTest {

    private static final Path STATE = Path.of("/state");
    private static final Path JAVA = Path.of("/jdk");
    private static final Map<String, Integer> PORTS = Map.of("http", 15_001, "admin-api", 15_002);

    @Test
    void nothingIsInheritedFromTheAgent() {
        assertThat(variables(Map.of(), Map.of(), Map.of(), null))
                .containsOnlyKeys(
                        "LANG",
                        "PATH",
                        "JAVA_HOME",
                        "HOME",
                        "DATA_DIR",
                        "TMPDIR",
                        "HOST",
                        "PORT",
                        "PORT_HTTP",
                        "PORT_ADMIN_API",
                        "OTEL_SERVICE_NAME",
                        "OTEL_RESOURCE_ATTRIBUTES",
                        "OTEL_PROPAGATORS",
                        "OTEL_TRACES_EXPORTER",
                        "OTEL_METRICS_EXPORTER",
                        "OTEL_LOGS_EXPORTER");
    }

    @Test
    void aSecretBeatsAPlainVariableAndAConnectionBeatsBoth() {
        assertThat(variables(
                        Map.of("A", "plain", "B", "plain", "C", "plain"),
                        Map.of("B", "secret", "C", "secret"),
                        Map.of("C", "http://127.0.0.1:1/key"),
                        null))
                .containsEntry("A", "plain")
                .containsEntry("B", "secret")
                .containsEntry("C", "http://127.0.0.1:1/key");
    }

    @Test
    void whereItListensAndKeepsItsDataIsForThePlatformToSay() {
        assertThat(variables(
                        Map.of("PORT", "80", "HOST", "0.0.0.0", "PORT_HTTP", "80", "HOME", "/root", "PATH", "/evil"),
                        Map.of("DATA_DIR", "/etc"),
                        Map.of(),
                        null))
                .containsEntry("PORT", "15001")
                .containsEntry("PORT_HTTP", "15001")
                .containsEntry("PORT_ADMIN_API", "15002")
                .containsEntry("HOST", "127.0.0.1")
                .containsEntry("HOME", "/state/cells/shop.production.acme/web/data")
                .containsEntry("DATA_DIR", "/state/cells/shop.production.acme/web/data")
                .containsEntry("PATH", "/jdk/bin:/node/bin:/usr/local/bin:/usr/bin:/bin");
    }

    @Test
    void itsSignalsSayWhoseTheyAre() {
        assertThat(variables(Map.of(), Map.of(), Map.of(), "http://127.0.0.1:4318"))
                .containsEntry("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318")
                .containsEntry("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
                .containsEntry("OTEL_SERVICE_NAME", "web")
                .containsEntry(
                        "OTEL_RESOURCE_ATTRIBUTES",
                        "service.namespace=shop,service.version=r-7,service.instance.id=web-1,"
                                + "deployment.environment.name=production,cytoplane.cell=shop.production.acme,"
                                + "cytoplane.organization=acme")
                .doesNotContainKey("OTEL_TRACES_EXPORTER");
    }

    @Test
    void anOwnServiceNameIsKept() {
        assertThat(variables(Map.of("OTEL_SERVICE_NAME", "shop-window"), Map.of(), Map.of(), null))
                .containsEntry("OTEL_SERVICE_NAME", "shop-window");
    }

    @Test
    void javaIsThePlatformsAndKnowsItsLimit() {
        assertThat(command(256L << 20, "java", "-jar", "a.jar"))
                .containsExactly("/jdk/bin/java", "-XX:MaxRAM=268435456", "-jar", "a.jar");
        assertThat(command(256L << 20, "java", "-Xmx64m", "-jar", "a.jar"))
                .containsExactly("/jdk/bin/java", "-Xmx64m", "-jar", "a.jar");
        assertThat(command(null, "java", "-jar", "a.jar")).containsExactly("/jdk/bin/java", "-jar", "a.jar");
        assertThat(command(256L << 20, "node", "server.js")).containsExactly("node", "server.js");
    }

    @Test
    void aStaticSiteIsServedByTheStaticServer() {
        Workload site =
                workload(service("web").site("r-7", "sha256:" + "0".repeat(64)).build(), Map.of(), Map.of());
        assertThat(site.component().artifact().kind()).isEqualTo(Kind.STATIC);
        assertThat(CommandLine.of(site, JAVA))
                .startsWith("/jdk/bin/java")
                .endsWith(StaticServer.class.getName(), "/artifact");
    }

    private static List<String> command(@Nullable Long memory, String... arguments) {
        var builder = service("web").command(arguments);
        return CommandLine.of(
                workload((memory == null ? builder : builder.memoryBytes(memory)).build(), Map.of(), Map.of()), JAVA);
    }

    private static Map<String, String> variables(
            Map<String, String> plain,
            Map<String, String> secrets,
            Map<String, String> connections,
            @Nullable String telemetry) {
        Cell.Component component = service("web")
                .release("r-7", "sha256:" + "0".repeat(64))
                .environment(plain)
                .build();
        return Variables.of(
                workload(component, secrets, connections),
                new InstanceRecord(
                        "web-1",
                        "shop.production.acme",
                        "web",
                        "r-7",
                        "revision",
                        0,
                        PORTS,
                        "http",
                        component.probes(),
                        5,
                        Instant.EPOCH),
                new LocalSettings(STATE, JAVA, Path.of("/node/bin"), telemetry));
    }

    private static Workload workload(
            Cell.Component component, Map<String, String> secrets, Map<String, String> connections) {
        return new Workload(
                cell("shop", 1, component).metadata(),
                component,
                "revision",
                Path.of("/artifact"),
                secrets,
                connections);
    }
}
