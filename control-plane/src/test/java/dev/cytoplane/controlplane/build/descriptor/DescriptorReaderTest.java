package dev.cytoplane.controlplane.build.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cytoplane.contracts.descriptor.Authentication;
import dev.cytoplane.contracts.descriptor.ComponentType;
import dev.cytoplane.contracts.descriptor.Descriptor;
import dev.cytoplane.contracts.descriptor.Visibility;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptorReaderTest {

    private static final String HEAD = "apiVersion: cytoplane.dev/v1alpha1\nkind: Component\n";

    @Test
    void readsEverything() {
        Descriptor descriptor = DescriptorReader.read(HEAD + """
                type: service
                build: {builder: java, output: target/app.jar, environment: {A: "1"}}
                run:
                  command: [java, -jar, target/app.jar]
                  gracePeriodSeconds: 20
                endpoints:
                  - name: http
                    visibility: public
                    path: /orders
                    security:
                      authentication: required
                      operations:
                        - {methods: [GET], path: /**, scopes: ["orders:read"]}
                connections:
                  - {name: orders, endpoint: orders/api/http}
                  - {name: mail, host: "https://mail.example.com"}
                configuration:
                  - {name: SHOP, value: x}
                  - {name: KEY, secret: true, required: true}
                probes:
                  readiness: {path: /health, periodSeconds: 2}
                scale: {replicas: 2, memory: 256Mi, cpu: 500m}
                """);

        assertThat(descriptor.type()).isEqualTo(ComponentType.SERVICE);
        assertThat(given(descriptor.run()).command()).containsExactly("java", "-jar", "target/app.jar");
        Descriptor.Endpoint endpoint = given(descriptor.endpoints()).getFirst();
        assertThat(endpoint.visibility()).isEqualTo(Visibility.PUBLIC);
        assertThat(given(endpoint.security()).authentication()).isEqualTo(Authentication.REQUIRED);
        assertThat(descriptor.connections()).hasSize(2);
    }

    /** Lines of a descriptor after its two first ones, parted by |, then the field and the line that have to be named. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "tipe: service; tipe; 3",
                "endpoints:|  - name: a|    prot: 80; endpoints[0].prot; 5",
                "endpoints:|  - name: a|    port: eighty; endpoints[0].port; 5",
                "endpoints:|  - name: a|    port: 70000; endpoints[0].port; 5",
                "endpoints:|  - name: a|  - name: b|    visibility: everyone; endpoints[1].visibility; 6",
                "endpoints:|  - name: A; endpoints[0].name; 4",
                "endpoints:|  - port: 80; endpoints[0].name; 4",
                "endpoints:|  - name: a|  - name: a; endpoints[1].name; 5",
                "endpoints:|  - name: a|    path: ../up; endpoints[0].path; 5",
                "endpoints: a; endpoints; 3",
                "type: worker|endpoints:|  - name: a; endpoints; 4",
                "type: scheduled-task; task.schedule; 1",
                "type: scheduled-task|task: {timeoutSeconds: 5}; task.schedule; 4",
                "type: manual-task|task:|  schedule: '@daily'; task.schedule; 5",
                "type: scheduled-task|task:|  schedule: '61 * * * *'; task.schedule; 5",
                "type: scheduled-task|task:|  schedule: '* * * *'; task.schedule; 5",
                "type: scheduled-task|task:|  schedule: '0 0 L * *'; task.schedule; 5",
                "type: scheduled-task|task:|  schedule: '0 0 1 * MON'; task.schedule; 5",
                "type: scheduled-task|task:|  schedule: '@never'; task.schedule; 5",
                "type: scheduled-task|task:|  schedule: '@daily'|  timeZone: Mars/North; task.timeZone; 6",
                "type: scheduled-task|task:|  schedule: '@daily'|  timeoutSeconds: 0; task.timeoutSeconds; 6",
                "type: scheduled-task|task:|  schedule: '@daily'|  retries: 11; task.retries; 6",
                "type: scheduled-task|task:|  schedule: '@daily'|scale: {replicas: 2}; scale.replicas; 6",
                "type: manual-task|endpoints:|  - name: a; endpoints; 4",
                "type: manual-task|probes: {readiness: {path: /}}; probes; 4",
                "type: service|task: {retries: 1}; task; 4",
                "connections:|  - name: a; connections[0]; 4",
                "connections:|  - name: a|    endpoint: b/c|    host: https://d.example; connections[0]; 4",
                "connections:|  - name: a|    endpoint: b; connections[0].endpoint; 5",
                "connections:|  - name: a|    host: ftp://d.example; connections[0].host; 5",
                "run:|  command: node server.js; run.command; 4",
                "run:|  environment:|    PORT: 8080; run.environment.PORT; 5",
                "run:|  gracePeriodSeconds: 301; run.gracePeriodSeconds; 4",
                "build:|  builder: gradle; build.builder; 4",
                "build:|  output: ../secret; build.output; 4",
                "configuration:|  - name: A|    secret: true|    value: x; configuration[0].value; 6",
                "configuration:|  - name: CYTOPLANE_X; configuration[0].name; 4",
                "scale:|  replicas: 21; scale.replicas; 4",
                "scale:|  replicas: 1.5; scale.replicas; 4",
                "scale:|  memory: lots; scale.memory; 4",
                "scale:|  autoscaling: {minInstances: 2}; scale.autoscaling.maxInstances; 4",
                "scale:|  autoscaling:|    minInstances: 3|    maxInstances: 2; scale.autoscaling.minInstances; 5",
                "scale:|  autoscaling:|    maxInstances: 21; scale.autoscaling.maxInstances; 5",
                "scale:|  autoscaling:|    maxInstances: 2|    cpuPercent: 101; scale.autoscaling.cpuPercent; 6",
                "scale:|  autoscaling:|    maxInstances: 2|    memoryPercent: 0; scale.autoscaling.memoryPercent; 6",
                "scale:|  replicas: 2|  autoscaling: {maxInstances: 2}; scale.replicas; 4",
                "type: manual-task|scale:|  autoscaling: {maxInstances: 2}; scale.autoscaling; 5",
                "probes:|  liveness:|    path: health; probes.liveness.path; 5",
            })
    void namesFieldAndLineOfAMistake(String lines, String field, int line) {
        assertThatThrownBy(() -> DescriptorReader.read(HEAD + lines.replace('|', '\n')))
                .isInstanceOfSatisfying(
                        DescriptorException.class,
                        e -> assertThat(e.mistakes())
                                .extracting(DescriptorException.Mistake::field, DescriptorException.Mistake::line)
                                .containsExactly(org.assertj.core.groups.Tuple.tuple(field, line)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*/15 * * * *", "0 3 * * 1-5", "0 0 1,15 * *", "30 6 * JAN-MAR *", "5 4 * * sun", "@hourly"})
    void readsSchedulesThatEveryRuntimeReadsAlike(String schedule) {
        Descriptor descriptor =
                DescriptorReader.read(HEAD + "type: scheduled-task\ntask: {schedule: '%s'}\n".formatted(schedule));

        assertThat(given(descriptor.task()).schedule()).isEqualTo(schedule);
    }

    @Test
    void tellsAllMistakesAtOnce() {
        assertThatThrownBy(() -> DescriptorReader.read("kind: Component\nscale: {replicas: 99}\n"))
                .isInstanceOf(DescriptorException.class)
                .hasMessageContaining("apiVersion has to be cytoplane.dev/v1alpha1.")
                .hasMessageContaining("line 2: scale.replicas has to be between 0 and 20.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a: &x [1]|b: *x; alias",
                "kind: Component|kind: Component; kind",
                "a: [; not valid YAML",
                "--- |a: 1|--- |b: 2; not valid YAML",
                "''; empty",
            })
    void refusesWhatIsNoPlainYamlDocument(String text, String words) {
        assertThatThrownBy(() -> DescriptorReader.read(text.replace('|', '\n')))
                .isInstanceOf(DescriptorException.class)
                .hasMessageContaining(words);
    }

    @Test
    void refusesTextThatExpands() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThatThrownBy(() -> DescriptorReader.read(bomb.toString()))
                .isInstanceOf(DescriptorException.class)
                .hasMessageContaining("alias");
        assertThatThrownBy(() -> DescriptorReader.read("#".repeat(DescriptorReader.SIZE_LIMIT + 1)))
                .hasMessageContaining("larger");
    }

    @Test
    void suggestsWhatAFieldCanBe() {
        assertThatThrownBy(() -> DescriptorReader.read(HEAD + "type: daemon\n"))
                .hasMessageContaining("service, web-application, worker, scheduled-task, manual-task");
        assertThat(List.of(DescriptorReader.EMPTY.kind())).containsExactly("Component");
    }

    /** What has to be there. */
    private static <T> T given(@Nullable T part) {
        return Objects.requireNonNull(part);
    }
}
