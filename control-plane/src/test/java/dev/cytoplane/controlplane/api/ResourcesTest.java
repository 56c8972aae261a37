package dev.cytoplane.controlplane.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What can be made, read, changed and deleted. */
@ControlPlaneTest
class ResourcesTest {

    @LocalServerPort
    int port;

    Client ann;

    @BeforeEach
    void signIn() {
        ann = Client.of(port, "ann");
    }

    @Test
    void aNewOrganizationHasItsCreatorAsOwnerAndIsReadyToDeploy() {
        String name = Names.unique();

        var created = ann.post("/api/v1/organizations", """
                {"name": "%s", "displayName": "The first"}""".formatted(name));

        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo("/api/v1/organizations/" + name);
        assertThat(created.header("ETag")).isEqualTo("\"1\"");
        assertThat(ann.get("/api/v1/me").json().at("/organizations").toString())
                .contains("{\"name\":\"%s\",\"roles\":[\"owner\"]}".formatted(name));
        assertThat(ann.get("/api/v1/organizations/" + name + "/environments")
                        .json()
                        .findValuesAsString("name"))
                .containsExactly("development", "production", "staging");
        assertThat(ann.get("/api/v1/organizations/" + name + "/pipelines/default")
                        .json()
                        .at("/stages")
                        .toString())
                .isEqualTo("[\"development\",\"staging\",\"production\"]");
    }

    @Test
    void aComponentNamesItsGitAndWebhookAddresses() {
        String project = Organization.create(ann).project("shop");

        var created = ann.post(project + "/components", """
                {"name": "api", "type": "service"}""");

        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        assertThat(created.text("/source/kind")).isEqualTo("platform");
        assertThat(created.text("/source/branch")).isEqualTo("main");
        assertThat(created.text("/gitUrl")).endsWith("/shop/api.git");
        assertThat(created.text("/webhookUrl")).endsWith("/webhooks/" + created.text("/id"));
        assertThat(created.json().at("/autoDeploy").asBoolean()).isTrue();
    }

    @Test
    void noComponentIsCalledAsACellsGateway() {
        String project = Organization.create(ann).project("shop");

        var refused = ann.post(project + "/components", "{\"name\": \"cell-gateway-public\"}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/errors/0/field")).isEqualTo("name");
    }

    @Test
    void neverShowsTheCredentialsOfAnOutsideRepository() {
        String project = Organization.create(ann).project("shop");

        var created = ann.post(project + "/components", """
                {"name": "api", "source": {"kind": "git", "url": "https://git.example.com/shop.git",
                 "credentials": {"username": "bot", "password": "hunter2-hunter2"}}}""");

        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        assertThat(created.json().at("/source/credentials").asBoolean()).isTrue();
        assertThat(created.toString()).doesNotContain("hunter2");
        assertThat(ann.get(project + "/components/api").toString()).doesNotContain("hunter2");
    }

    @Test
    void anOutsideRepositoryNeedsAnAddressWithoutAPasswordInIt() {
        String components = Organization.create(ann).project("shop") + "/components";

        assertThat(ann.post(components, "{\"name\": \"a\", \"source\": {\"kind\": \"git\"}}")
                        .text("/errors/0/field"))
                .isEqualTo("source.url");
        var withPassword = ann.post(
                components,
                "{\"name\": \"a\", \"source\": {\"kind\": \"git\", \"url\": \"https://me:secret@example.com/x.git\"}}");
        assertThat(withPassword.status()).isEqualTo(400);
        assertThat(withPassword.text("/errors/0/field")).isEqualTo("source.url");
        assertThat(ann.post(components, "{\"name\": \"a\", \"source\": {\"kind\": \"git\", \"url\": \"file:///etc\"}}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void saysWhatIsLeftInWhatCannotBeDeleted() {
        Organization organization = Organization.create(ann);
        String project = organization.project("shop");
        ann.post(project + "/components", "{\"name\": \"api\"}");

        var ofOrganization = ann.delete(organization.path());
        var ofProject = ann.delete(project);
        var ofPipeline = ann.delete(organization.path() + "/pipelines/default");
        var ofEnvironment = ann.delete(organization.path() + "/environments/staging");

        assertThat(ofOrganization.status()).isEqualTo(409);
        assertThat(ofOrganization.text("/detail")).contains("project shop");
        assertThat(ofProject.status()).isEqualTo(409);
        assertThat(ofProject.text("/detail")).contains("api");
        assertThat(ofPipeline.text("/detail")).contains("shop");
        assertThat(ofEnvironment.text("/detail")).contains("default");
    }

    @Test
    void deletesFromTheLeavesToTheRoot() {
        Organization organization = Organization.create(ann);
        String project = organization.project("shop");
        ann.post(project + "/components", "{\"name\": \"api\"}");

        assertThat(ann.delete(project + "/components/api").status()).isEqualTo(204);
        assertThat(ann.delete(project).status()).isEqualTo(204);
        assertThat(ann.delete(organization.path()).status()).isEqualTo(204);
        assertThat(ann.get(organization.path()).status()).isEqualTo(404);
        assertThat(ann.get("/api/v1/me").toString()).doesNotContain("\"" + organization.name() + "\"");
    }

    @Test
    void aPipelineIsReplacedAsAWholeAndNamesOnlyEnvironmentsThatAreThere() {
        Organization organization = Organization.create(ann);
        String pipeline = organization.path() + "/pipelines/default";

        var replaced = ann.with("If-Match", "\"1\"").put(pipeline, "{\"stages\": [\"development\", \"production\"]}");
        var unknown = ann.with("If-Match", "\"2\"").put(pipeline, "{\"stages\": [\"development\", \"moon\"]}");
        var twice = ann.with("If-Match", "\"2\"").put(pipeline, "{\"stages\": [\"staging\", \"staging\"]}");

        assertThat(replaced.json().at("/stages").toString()).isEqualTo("[\"development\",\"production\"]");
        assertThat(unknown.text("/errors/0/field")).isEqualTo("stages[1]");
        assertThat(twice.text("/errors/0/field")).isEqualTo("stages[1]");
        assertThat(ann.get(pipeline).json().at("/stages").size()).isEqualTo(2);
    }

    @Test
    void aNameIsTakenOnce() {
        Organization organization = Organization.create(ann);
        organization.project("shop");

        var again = ann.post(organization.path() + "/projects", "{\"name\": \"shop\"}");
        var taken = Client.of(port, "ben")
                .post("/api/v1/organizations", "{\"name\": \"%s\"}".formatted(organization.name()));

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("/type")).isEqualTo("https://cytoplane.dev/problems/already-exists");
        assertThat(taken.status()).isEqualTo(409);
    }
}
