package dev.cytoplane.controlplane.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What is the same for every resource: versions, pages, strict input, problems, limits. */
@ControlPlaneTest
class ConventionsTest {

    @LocalServerPort
    int port;

    Client ann;
    Organization organization;

    @BeforeEach
    void signIn() {
        ann = Client.of(port, "ann");
        organization = Organization.create(ann);
    }

    /** %C2%9D is a control character, %00 is NUL. */
    @ParameterizedTest
    @CsvSource({
        "?name=a%00b, name",
        "?sort=%00, sort",
        "?%C2%9D=1, request",
        "/shop/components/api/builds?status=, status",
        "/shop/components/api/builds?status=%20, status",
        "/shop/components/api/logs, environment",
    })
    void aQueryThatIsWrongIsNotPassedOver(String query, String field) {
        String project = organization.project("shop");
        ann.post(project + "/components", "{\"name\": \"api\"}");

        var answer = ann.get(organization.path() + "/projects" + query);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.text("/errors/0/field")).isEqualTo(field);
    }

    @Test
    void aChangeNeedsTheVersionThatWasRead() {
        String path = organization.path();
        String body = "{\"displayName\": \"Other\"}";

        var without = ann.patch(path, body);
        var stale = ann.with("If-Match", "\"7\"").patch(path, body);
        var right = ann.with("If-Match", "\"1\"").patch(path, body);
        var again = ann.with("If-Match", "\"1\"").patch(path, body);

        assertThat(without.status()).isEqualTo(428);
        assertThat(stale.status()).isEqualTo(412);
        assertThat(right.status()).isEqualTo(200);
        assertThat(right.header("ETag")).isEqualTo("\"2\"");
        assertThat(right.text("/displayName")).isEqualTo("Other");
        assertThat(again.status()).isEqualTo(412);
    }

    @Test
    void aDeletionHonoursTheVersionWhenItIsGiven() {
        String project = organization.project("shop");

        assertThat(ann.with("If-Match", "\"9\"").delete(project).status()).isEqualTo(412);
        assertThat(ann.with("If-Match", "\"1\"").delete(project).status()).isEqualTo(204);
    }

    @Test
    void aPatchChangesOnlyWhatItNames() {
        ann.post(organization.path() + "/projects", """
                {"name": "shop", "displayName": "Shop", "description": "Sells"}""");

        var changed = ann.with("If-Match", "\"1\"")
                .with("Content-Type", "application/merge-patch+json")
                .patch(organization.path() + "/projects/shop", "{\"description\": \"Sells more\"}");

        assertThat(changed.text("/displayName")).isEqualTo("Shop");
        assertThat(changed.text("/description")).isEqualTo("Sells more");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"name": "x", "colour": "red"}                 | colour
            {"displayName": "X"}                           | name
            {"name": null}                                 | name
            {"name": 7}                                    | name
            {"name": "UPPER"}                              | name
            {"name": "a-very-long-name-that-has-more-than-forty-characters"} | name
            {"name": "x", "displayName": ""}               | displayName
            {"name": "x", "displayName": ["y"]}            | displayName
            {"name": "x", "displayName": true}             | displayName
            ["name"]                                       | body
            {"name": "x"                                   | body
            {"name": "x", "name": "y"}                     | body
            """)
    void namesTheFieldThatIsWrong(String body, String field) {
        var answer = ann.post(organization.path() + "/projects", body);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.text("/type")).isEqualTo("https://cytoplane.dev/problems/invalid-request");
        assertThat(answer.text("/errors/0/field")).isEqualTo(field);
    }

    @Test
    void namesTheFieldInsideAnObjectToo() {
        var answer = ann.post(organization.project("shop") + "/components", """
                {"name": "api", "source": {"kind": "svn"}}""");

        assertThat(answer.text("/errors/0/field")).isEqualTo("source.kind");
        assertThat(answer.text("/errors/0/message")).contains("platform, git");
    }

    @Test
    void refusesAPatchOfAFieldThatCannotChange() {
        var answer = ann.with("If-Match", "\"1\"").patch(organization.path(), "{\"name\": \"other\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/errors/0/field")).isEqualTo("name");
    }

    @Test
    void pagesThroughAListWithoutGapOrRepetition() {
        for (int i = 0; i < 7; i++) {
            organization.project("p" + i);
        }

        List<String> names = new ArrayList<>();
        String next = organization.path() + "/projects?limit=3&sort=-name";
        int pages = 0;
        while (next != null) {
            var page = ann.get(next);
            assertThat(page.status()).as(page.toString()).isEqualTo(200);
            names.addAll(page.json().at("/items").findValuesAsString("name"));
            var cursor = page.json().at("/nextCursor");
            next = cursor.isNull()
                    ? null
                    : organization.path() + "/projects?limit=3&sort=-name&cursor=" + cursor.asString();
            pages++;
        }

        assertThat(names).containsExactly("p6", "p5", "p4", "p3", "p2", "p1", "p0");
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void sortsByTimeAcrossPages() {
        for (String name : List.of("c", "a", "b")) {
            organization.project(name);
        }

        var first = ann.get(organization.path() + "/projects?limit=2&sort=createdAt");
        var second =
                ann.get(organization.path() + "/projects?limit=2&sort=createdAt&cursor=" + first.text("/nextCursor"));

        assertThat(first.json().at("/items").findValuesAsString("name")).containsExactly("c", "a");
        assertThat(second.json().at("/items").findValuesAsString("name")).containsExactly("b");
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0,limit",
        "limit=201,limit",
        "limit=many,limit",
        "sort=size,sort",
        "cursor=nonsense,cursor",
        "cursor=bmFtZQoK,cursor",
        "name=NOT-A-NAME,name"
    })
    void namesTheQueryParameterThatIsWrong(String query, String field) {
        var answer = ann.get(organization.path() + "/projects?" + query);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.text("/errors/0/field")).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/organizations/no-such-organization",
        "/api/v1/organizations/NOT_A_NAME",
        "/api/v1/organizations/%00",
        "/api/v1/nothing",
    })
    void whatIsNotThereIsAProblemToo(String path) {
        var answer = ann.get(path);

        assertThat(answer.status()).as(answer.toString()).isIn(400, 404);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void refusesABodyThatIsTooLargeWhetherOrNotItSaysSo() throws Exception {
        String large = "{\"name\": \"x\", \"description\": \"" + "y".repeat(1_100_000) + "\"}";

        var declared = ann.post(organization.path() + "/projects", large);
        assertThat(declared.status()).isEqualTo(413);
        assertThat(declared.text("/type")).isEqualTo("https://cytoplane.dev/problems/too-large");
        assertThat(ann.chunked(organization.path() + "/projects", large).status())
                .isEqualTo(413);
    }

    @Test
    void refusesMethodsAndMediaTypesThatItDoesNotKnow() {
        assertThat(ann.send("PUT", organization.path(), "{}").status()).isEqualTo(405);
        var text = ann.with("Content-Type", "text/plain").post("/api/v1/organizations", "name");
        assertThat(text.status()).isEqualTo(415);
        assertThat(text.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void textThatTheDatabaseCannotHoldIsAMistakeOfTheCaller() {
        var answer = ann.post(organization.path() + "/projects", "{\"name\": \"x\", \"description\": \"a\\u0000b\"}");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
    }
}
