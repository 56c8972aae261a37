package dev.cytoplane.builder.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cytoplane.builder.BuildFailure;
import dev.cytoplane.builder.TextFiles;
import dev.cytoplane.contracts.descriptor.Descriptor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.dataformat.yaml.YAMLMapper;

class NodePlanTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "node server.js; node server.js",
                "node --enable-source-maps dist/main.js 8080; node --enable-source-maps dist/main.js 8080",
                "NODE_ENV=production node server.js; npm start",
                "tsx server.ts; npm start",
                "node a.js && node b.js; npm start",
            })
    void startsNodeItselfWhereTheScriptOnlyCallsIt(String script, String command) {
        NodePlan plan = plan("\"scripts\": {\"start\": \"%s\"}".formatted(script), Map.of());

        assertThat(plan.command()).containsExactly(command.split(" "));
    }

    @Test
    void asksNpmWhenTheStartScriptHasHooks() {
        assertThat(plan("\"scripts\": {\"start\": \"node a.js\", \"prestart\": \"node b.js\"}", Map.of())
                        .command())
                .containsExactly("npm", "start");
    }

    @Test
    void theProcfileBeatsTheStartScriptAndTheDescriptorBeatsBoth() {
        Map<String, String> procfile = Map.of("Procfile", "web: node fast.js\n");
        String start = "\"scripts\": {\"start\": \"node slow.js\"}";

        assertThat(plan(start, procfile).command()).containsExactly("node", "fast.js");
        assertThat(plan(start, procfile, "run: {command: [node, own.js]}").command())
                .containsExactly("node", "own.js");
    }

    @Test
    void servesWhatAFrontEndBuilds() {
        NodePlan plan = plan("\"scripts\": {\"build\": \"vite build\", \"dev\": \"vite\"}", Map.of());
        NodePlan withServerForTheDesk =
                plan("\"scripts\": {\"build\": \"react-scripts build\", \"start\": \"react-scripts start\"}", Map.of());

        assertThat(plan.script()).isEqualTo("build");
        assertThat(plan.command()).isEmpty();
        assertThat(withServerForTheDesk.command()).isEmpty();
    }

    @Test
    void installsNothingWhereNothingIsNeeded() {
        assertThat(plan("\"scripts\": {\"start\": \"node a.js\"}", Map.of()).install())
                .isFalse();
    }

    @Test
    void refusesDependenciesWithoutALockFile() {
        assertThatThrownBy(() -> plan("\"dependencies\": {\"a\": \"1\"}, \"main\": \"a.js\"", Map.of("a.js", "")))
                .isInstanceOf(BuildFailure.class)
                .hasMessageContaining("package-lock.json");
        assertThatThrownBy(() -> plan("\"dependencies\": {\"a\": \"1\"}", Map.of("yarn.lock", "")))
                .hasMessageContaining("yarn.lock");
    }

    @Test
    void keepsInstalledPackagesOnlyWhereTheLockFileSaysAllOfThem() {
        Map<String, String> lock = Map.of("package-lock.json", "{}", "server.js", "");

        assertThat(plan("\"dependencies\": {\"a\": \"1\"}", lock).reusable()).isTrue();
        assertThat(plan("\"dependencies\": {\"a\": \"file:../a\"}", lock).reusable())
                .isFalse();
        assertThat(plan("\"dependencies\": {\"a\": \"1\"}, \"scripts\": {\"postinstall\": \"x\"}", lock)
                        .reusable())
                .isFalse();
    }

    @Test
    void prunesWhatIsOnlyNeededForTheBuild() {
        Map<String, String> lock = Map.of("package-lock.json", "{}", "server.js", "");

        assertThat(plan("\"devDependencies\": {\"a\": \"1\"}", lock).prune()).isTrue();
        assertThat(plan("\"dependencies\": {\"a\": \"1\"}", lock).prune()).isFalse();
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> plan("\"name\": \"x\"", Map.of())).hasMessageContaining("start script");
        assertThatThrownBy(() -> plan("\"name\": \"x\"", Map.of(), "build: {script: bundle}"))
                .hasMessageContaining("bundle");
        assertThatThrownBy(() -> plan("\"name\": ", Map.of())).hasMessageContaining("not valid JSON");
        assertThatThrownBy(() -> plan("\"name\": \"x\"", Map.of("Procfile", "web: node a.js --port $PORT")))
                .hasMessageContaining("PORT");
    }

    private static NodePlan plan(String fields, Map<String, String> files, String... descriptor) {
        Map<String, String> all = new LinkedHashMap<>(files);
        all.put("package.json", "{" + fields + "}");
        return NodePlan.of(
                new TextFiles(all),
                new YAMLMapper()
                        .readValue(
                                "apiVersion: cytoplane.dev/v1alpha1\nkind: Component\n"
                                        + String.join("\n", List.of(descriptor)),
                                Descriptor.class));
    }
}
