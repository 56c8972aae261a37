package dev.cytoplane.endtoend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Cyto;
import dev.cytoplane.endtoend.platform.Echo;
import dev.cytoplane.endtoend.platform.Git;
import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.Sandbox;
import dev.cytoplane.endtoend.platform.WithPlatform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@WithPlatform
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CliTest {

    private final Platform platform;
    private final Sandbox sandbox;
    private final Cyto cyto;

    CliTest(Platform platform) {
        this.platform = platform;
        this.sandbox = platform.sandbox("terminal");
        this.cyto = platform.cyto();
    }

    @BeforeAll
    void deployAWorkingTreeThatNoComponentHasSeen() {
        // On this machine cyto is signed in as the person admin, and the sandbox is the launcher's.
        platform.api()
                .post(
                        "/organizations/" + sandbox.organization() + "/members",
                        Map.of("username", "admin", "role", "owner"))
                .expect(201);
        cyto.ok("use", sandbox.organization() + "/shop");
        cyto.ok("create", "component", "echo");
        Cyto.Result deploy =
                deploy(Echo.tree(platform, sandbox, "from a tree", Echo.PUBLIC)).expect(0);
        assertThat(deploy.out() + deploy.err()).contains(sandbox.url("echo"));
    }

    private Cyto.Result deploy(Git source) {
        return cyto.run("deploy", source.tree().toString(), "--component", "echo");
    }

    @Test
    void deploysWhatTheTreeHolds() {
        sandbox.awaitAnswer(sandbox.url("echo") + "/version", "from a tree");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "whoami",
                "list organizations",
                "list data-planes",
                "list contexts",
                "list tokens",
                "list projects",
                "list components",
                "list environments",
                "list pipelines",
                "list members",
                "list service-accounts",
                "list endpoints",
                "list audit",
                "list cells",
                "list builds echo",
                "list releases echo",
                "list deployments echo",
                "list instances echo",
                "list tasks echo",
                "list runs echo",
                "build list echo",
                "config list echo",
                "secret list echo",
                "show data-plane local",
                "show project shop",
                "show environment development",
                "show pipeline default",
                "show component echo",
                "show cell development",
                "status"
            })
    void speaksJsonToScripts(String line) {
        assertThat(cyto.ok((line + " -o json").split(" ", -1)).json().isContainer())
                .isTrue();
    }

    @Test
    void showsTheComponentsLog() {
        assertThat(cyto.ok("logs", "echo").out()).contains("echo from a tree is up");
    }

    @Test
    void runsATaskAndSaysWhatBecameOfIt() {
        sandbox.deploy(
                "report",
                sandbox.task(
                        "report",
                        "",
                        "console.log('for ' + process.argv.slice(2).join('+')); process.exit(process.argv.length > 4 ? 9 : 0)"));

        Cyto.Result well = cyto.run("task", "run", "report", "--", "a; b").expect(0);
        assertThat(well.err()).contains("for a; b").doesNotContain("Exception");
        assertThat(well.out()).contains("succeeded");
        assertThat(cyto.ok("task", "log", "report").out()).isEqualTo("for a; b\n");
        Cyto.Result badly = cyto.run("task", "run", "report", "--", "--one", "two", "three");
        assertThat(badly.exitCode()).isEqualTo(7);
        assertThat(badly.err())
                .contains("for --one+two+three", "exited with code 9", "cyto task log")
                .doesNotContain("Exception");

        assertThat(cyto.ok("list", "runs", "report").out()).contains("SUCCEEDED", "FAILED", "MANUAL");
        assertThat(cyto.run("task", "cancel", "report").err()).contains("has ended already");
        assertThat(cyto.run("scale", "report", "-e", "development", "--instances", "2")
                        .err())
                .contains("cyto task run");
    }

    @Test
    void setsConfigurationAndPromotes() {
        cyto.ok("config", "set", "echo", "COLOUR=blue");
        assertThat(cyto.ok("config", "list", "echo").out()).contains("COLOUR", "blue");
        cyto.ok("promote", "echo", "--to", "staging");
        assertThat(sandbox.live("echo", "staging")).isPresent().isEqualTo(sandbox.live("echo", "development"));
    }

    @Test
    void aBuildThatFailsHasAnExitCodeOfItsOwn() {
        Git broken = Echo.tree(platform, sandbox, "broken", Echo.PUBLIC)
                .write("src/main/java/echo/Broken.java", "class Broken { not Java }");
        Cyto.Result result = deploy(broken).expect(7);
        assertThat(result.out() + result.err()).contains("Broken.java");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lisst components               | 2 | list
            list componets                 | 2 | components
            deploy --no-such-option        | 2 | no-such-option
            show component no-such-thing   | 5 | no-such-thing
            create component echo          | 6 | echo
            promote echo --to development  | 6 | development
            secret set echo KEY=value      | 2 | cyto secret set echo KEY
            """)
    void aMistakeHasItsExitCodeAndAHint(String line, int exitCode, String hint) {
        Cyto.Result result = cyto.run(line.split(" +", -1)).expect(exitCode);
        assertThat(result.err()).contains(hint).doesNotContain("Exception").doesNotContain("\tat ");
    }

    @Test
    void saysWhenNobodyIsSignedInAndWhenTheServerIsNotThere(@TempDir Path home) {
        Cyto elsewhere = platform.cyto().withHome(home);
        assertThat(elsewhere.run("list", "organizations").expect(3).err()).contains("cyto login");
        elsewhere
                .run("cyto_x", Duration.ofSeconds(30), "login", "--server", "http://127.0.0.1:1", "--token-stdin")
                .expect(8);
    }

    /** As bash asks when somebody presses the tabulator key. */
    @ParameterizedTest
    @CsvSource({"cyto de, deploy", "cyto list da, data-planes", "cyto deploy --co, --component", "cyto logs -o js, json"
    })
    void completesCommandsInTheShell(String typed, String completed, @TempDir Path folder) throws Exception {
        Path script = Files.writeString(
                folder.resolve("completion.sh"), cyto.ok("completion", "bash").out());
        String ask = """
                source %s
                COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                $(complete -p cyto | sed 's/.*-F \\([^ ]*\\).*/\\1/') 2>/dev/null
                echo "${COMPREPLY[@]}"
                """.formatted(script, typed);
        Process bash =
                new ProcessBuilder("bash", "-c", ask).redirectErrorStream(true).start();
        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains(completed);
        assertThat(bash.waitFor()).isZero();
    }

    @Test
    void explainsEveryCommand() {
        String help = cyto.ok("--help").out();
        for (String command : List.of("deploy", "promote", "rollback", "logs", "create", "list", "login")) {
            assertThat(help).contains(command);
            assertThat(cyto.ok(command, "--help").out()).contains("Usage:");
        }
    }
}
