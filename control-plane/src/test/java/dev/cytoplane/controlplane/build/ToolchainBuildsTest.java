package dev.cytoplane.controlplane.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.controlplane.api.Client;
import dev.cytoplane.controlplane.api.ControlPlaneTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Tiny projects, built by the real npm and the real Maven. */
@ControlPlaneTest
class ToolchainBuildsTest {

    @LocalServerPort
    int port;

    @TempDir
    Path folder;

    @Test
    @NodeInstalled
    void npmInstallsBuildsAndLeavesOutWhatIsOnlyForTheBuild() throws Exception {
        TestComponent component = TestComponent.onlyBuilt(port);
        GitFolder git = GitFolder.create(
                folder,
                Map.of(
                        "package.json",
                        """
                {"name": "app", "version": "1.0.0", "scripts": {"build": "node build.js", "start": "node dist/app.js"},
                 "dependencies": {"wanted": "file:wanted"}, "devDependencies": {"tool": "file:tool"}}""",
                        "wanted/package.json",
                        "{\"name\": \"wanted\", \"version\": \"1.0.0\"}",
                        "tool/package.json",
                        "{\"name\": \"tool\", \"version\": \"1.0.0\"}",
                        "tool/index.js",
                        "module.exports = 'made by the tool';",
                        "build.js",
                        """
                const fs = require('fs');
                fs.mkdirSync('dist');
                fs.writeFileSync('dist/app.js', `console.log('${require('tool')}')`);
                console.log('secrets: ' + Object.keys(process.env).filter(name => /SPRING|CYTOPLANE_(?!BUILD$)/.test(name)));
                """));
        npm(git.folder(), "install", "--package-lock-only", "--ignore-scripts");
        git.commit("Lock", Map.of(".gitignore", "node_modules\n"));
        git.push(component.gitUrl(), component.token(), "main");

        Client.Answer build = component.newest();

        String log = component.log(build.text("/id"));
        assertThat(build.text("/status")).as(log).isEqualTo("SUCCEEDED");
        assertThat(log)
                .contains("$ npm ci", "$ npm run build", "$ npm prune --omit=dev")
                .containsPattern("secrets: \\n");
        Client.Answer release = component.client().get(component.path() + "/releases/" + build.text("/release"));
        assertThat(release.json().at("/descriptor/run/command").toString()).isEqualTo("[\"node\",\"dist/app.js\"]");
    }

    @Test
    @NodeInstalled
    void aFailingScriptFailsTheBuildWithItsExitCode() {
        TestComponent component = TestComponent.onlyBuilt(port);
        GitFolder git = GitFolder.create(
                folder,
                Map.of(
                        "package.json",
                        "{\"scripts\": {\"build\": \"node -e 'console.error(42); process.exit(7)'\", \"start\": \"node a.js\"}}"));
        git.push(component.gitUrl(), component.token(), "main");

        Client.Answer build = component.newest();

        assertThat(build.text("/status")).isEqualTo("FAILED");
        assertThat(build.text("/error")).contains("`npm run build` ended with exit code 7");
        assertThat(component.log(build.text("/id"))).contains("42");
    }

    @Test
    void mavenBuildsAJarTheSameEachTime() {
        TestComponent component = TestComponent.onlyBuilt(port);
        GitFolder git = GitFolder.create(
                folder,
                Map.of(
                        "pom.xml", """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>test</groupId><artifactId>tiny</artifactId><version>1</version>
                  <properties>
                    <maven.compiler.release>25</maven.compiler.release>
                    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
                  </properties>
                  <build>
                    <plugins>
                      <plugin><artifactId>maven-resources-plugin</artifactId><version>3.5.0</version></plugin>
                      <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.15.0</version></plugin>
                      <plugin><artifactId>maven-surefire-plugin</artifactId><version>3.6.1</version></plugin>
                      <plugin>
                        <artifactId>maven-jar-plugin</artifactId>
                        <version>3.5.0</version>
                        <configuration>
                          <archive><manifest><mainClass>Tiny</mainClass></manifest></archive>
                        </configuration>
                      </plugin>
                    </plugins>
                  </build>
                </project>
                """,
                        "src/main/java/Tiny.java", "class Tiny { static void main() { System.out.println(1); } }"));
        git.push(component.gitUrl(), component.token(), "main");

        Client.Answer build = component.newest();
        assertThat(build.text("/status")).as(component.log(build.text("/id"))).isEqualTo("SUCCEEDED");
        Client.Answer forced =
                component.finished(component.build("{\"force\": true}").text("/id"));

        assertThat(component.log(build.text("/id"))).contains("The program is target/tiny-1.jar.");
        assertThat(forced.text("/release")).isEqualTo(build.text("/release"));
        Client.Answer release = component.client().get(component.path() + "/releases/" + build.text("/release"));
        assertThat(release.json().at("/descriptor/run/command").toString())
                .isEqualTo("[\"java\",\"-jar\",\"target/tiny-1.jar\"]");
    }

    private static void npm(Path folder, String... arguments) throws Exception {
        var command = new java.util.ArrayList<>(java.util.List.of("npm"));
        command.addAll(java.util.List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        Files.createTempFile(folder.getParent(), "npm", ".log").toFile())
                .start();
        assertThat(process.waitFor()).isZero();
    }
}
