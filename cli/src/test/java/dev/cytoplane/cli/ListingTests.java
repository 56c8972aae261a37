package dev.cytoplane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.cli.api.Json;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListingTests {

    private static final String PROJECTS = "GET /api/v1/organizations/acme/projects";

    @TempDir
    private Path home;

    private Server server;

    @BeforeEach
    void start() throws IOException {
        server = new Server();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void showsATableForPeople() {
        server.on(PROJECTS, 200, """
                {"items":[{"name":"shop","displayName":"The Shop","pipeline":"default",
                  "createdAt":"2026-01-01T23:55:00Z"}],"nextCursor":null}""");

        Run.Result result = Run.in(home).at(server).cyto("list", "projects", "--organization", "acme");

        assertThat(result.out()).isEqualTo("""
                NAME  DISPLAY NAME  PIPELINE  CREATED
                shop  The Shop      default   5 min ago
                """);
    }

    @Test
    void showsTimesThatAreToCome() {
        server.on("GET /api/v1/me/tokens", 200, """
                {"items":[{"name":"ci","id":"1","platformAdmin":false,"expiresAt":"2026-01-31T00:00:00Z",
                  "lastUsedAt":null}],"nextCursor":null}""");

        Run.Result result = Run.in(home).at(server).cyto("list", "tokens");

        assertThat(result.out()).isEqualTo("""
                NAME  ID  PLATFORM ADMIN  EXPIRES     USED
                ci    1   false           in 29 days  -
                """);
    }

    @Test
    void takesAnEnvironmentOnlyWhereItNarrowsTheList() {
        assertThat(Run.in(home).at(server).cyto("list", "builds", "api", "-e", "staging"))
                .satisfies(result -> assertThat(result.exitCode()).isEqualTo(2));
    }

    @Test
    void givesScriptsTheJsonOfTheApi() {
        server.on(PROJECTS, 200, "{\"items\":[{\"name\":\"shop\",\"unknown\":{\"kept\":true}}],\"nextCursor\":null}");

        Run.Result result = Run.in(home).at(server).cyto("list", "projects", "--organization", "acme", "-o", "json");

        assertThat(Json.parse(result.out()).at("/items/0/unknown/kept").asBoolean())
                .isTrue();
        assertThat(result.err()).isEmpty();
    }

    @Test
    void readsAllPages() {
        server.on(PROJECTS + "?limit=200", 200, "{\"items\":[{\"name\":\"a\"}],\"nextCursor\":\"c 1\"}")
                .on(PROJECTS + "?limit=200&cursor=c%201", 200, "{\"items\":[{\"name\":\"b\"}],\"nextCursor\":null}");

        Run.Result result = Run.in(home).at(server).cyto("list", "projects", "--organization", "acme");

        assertThat(result.out().lines().map(line -> line.split(" ")[0])).containsExactly("NAME", "a", "b");
    }

    @Test
    void cutsWhatDoesNotFitTheTerminalAndNothingInAPipe() {
        String longName = "x".repeat(120);
        server.on(PROJECTS, 200, "{\"items\":[{\"name\":\"shop\",\"displayName\":\"" + longName + "\"}]}");

        Run.Result people =
                Run.in(home).at(server).terminal(60).cyto("list", "projects", "--organization", "acme", "--no-color");
        Run.Result pipe = Run.in(home).at(server).cyto("list", "projects", "--organization", "acme");

        assertThat(people.out().lines()).allMatch(line -> line.length() <= 60);
        assertThat(people.out()).contains("…");
        assertThat(pipe.out()).contains(longName);
    }

    @Test
    void coloursOnlyATerminalThatWantsThem() {
        server.on(PROJECTS, 200, "{\"items\":[{\"name\":\"shop\"}]}");
        String[] command = {"list", "projects", "--organization", "acme"};

        assertThat(Run.in(home).at(server).terminal(80).cyto(command).out()).contains("\u001b[");
        assertThat(Run.in(home)
                        .at(server)
                        .terminal(80)
                        .with("NO_COLOR", "1")
                        .cyto(command)
                        .out())
                .doesNotContain("\u001b[");
        assertThat(Run.in(home).at(server).cyto(command).out()).doesNotContain("\u001b[");
    }

    @Test
    void namesTheFieldThatIsWrong() {
        server.on("POST /api/v1/organizations/acme/projects", 400, """
                {"type":"https://cytoplane.dev/problems/invalid","title":"Invalid","status":400,"detail":"The request is wrong.",
                 "errors":[{"field":"name","message":"must be a DNS label"}]}""");

        Run.Result result = Run.in(home).at(server).cyto("create", "project", "Shop", "--organization", "acme");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("The request is wrong.").contains("name: must be a DNS label");
    }

    @Test
    void asksBeforeItDeletesAndDoesNothingWhenNobodyCanAnswer() {
        Run.Result result = Run.in(home).at(server).cyto("delete", "project", "shop", "--organization", "acme");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--yes");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void deletesWhenTheNameIsTyped() {
        server.on("DELETE /api/v1/organizations/acme/projects/shop", 204, "");

        Run.Result result = Run.in(home)
                .at(server)
                .with("CYTO_TTY_IN", "1")
                .input("shop\n")
                .cyto("delete", "project", "shop", "--organization", "acme");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(server.requests()).hasSize(1);
    }
}
