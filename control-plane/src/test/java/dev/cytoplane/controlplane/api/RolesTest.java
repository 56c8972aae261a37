package dev.cytoplane.controlplane.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Who may do what. */
@ControlPlaneTest
class RolesTest {

    @LocalServerPort
    int port;

    Client ann;
    Organization organization;
    String project;

    @BeforeEach
    void anOrganizationWithAProject() {
        ann = Client.of(port, "ann");
        organization = Organization.create(ann);
        project = organization.project("shop");
        ann.post(project + "/components", "{\"name\": \"api\"}");
    }

    /** Statuses: read a component, change it, create a project, add a member, make an owner, delete the organization. */
    @ParameterizedTest
    @CsvSource({
        "viewer,    200, 403, 403, 403, 403, 403",
        "developer, 200, 428, 403, 403, 403, 403",
        "admin,     200, 428, 201, 201, 403, 403",
        "owner,     200, 428, 201, 201, 201, 409",
    })
    void eachRoleMayDoWhatTheOneBelowMayAndMore(
            String role, int read, int change, int create, int bind, int bindOwner, int delete) {
        organization.member("ben", role);
        Client ben = Client.of(port, "ben");

        assertThat(ben.get(project + "/components/api").status()).isEqualTo(read);
        assertThat(ben.patch(project + "/components/api", "{}").status()).isEqualTo(change);
        assertThat(ben.post(organization.path() + "/projects", "{\"name\": \"more\"}")
                        .status())
                .isEqualTo(create);
        assertThat(ben.post(organization.path() + "/members", "{\"username\": \"cleo\", \"role\": \"viewer\"}")
                        .status())
                .isEqualTo(bind);
        assertThat(ben.post(organization.path() + "/members", "{\"username\": \"cleo\", \"role\": \"owner\"}")
                        .status())
                .isEqualTo(bindOwner);
        assertThat(ben.delete(organization.path()).status()).isEqualTo(delete);
    }

    @Test
    void whoIsNoMemberCannotTellThatItExists() {
        Client stranger = Client.of(port, "stranger");

        var foreign = stranger.get(organization.path());
        var missing = stranger.get("/api/v1/organizations/no-such-one");

        assertThat(foreign.status()).isEqualTo(404);
        assertThat(foreign.toString().replace(organization.name(), "X"))
                .isEqualTo(missing.toString().replace("no-such-one", "X"));
        assertThat(stranger.get(project).status()).isEqualTo(404);
        assertThat(stranger.post(project + "/components", "{\"name\": \"mine\"}")
                        .status())
                .isEqualTo(404);
        assertThat(stranger.get("/api/v1/organizations").json().at("/items").toString())
                .doesNotContain("\"" + organization.name() + "\"");
    }

    @Test
    void aPlatformAdminHasNoRightInsideAnOrganization() {
        Client admin = ann.withToken(TestIssuer.SHARED.platformAdmin("root"));

        assertThat(admin.get("/api/v1/me").json().at("/platformAdmin").asBoolean())
                .isTrue();
        assertThat(admin.get(organization.path()).status()).isEqualTo(404);
    }

    @Test
    void aDenyBeatsEveryAllow() {
        organization.member("ben", "admin");
        organization.bind(
                "{\"username\": \"ben\", \"role\": \"developer\", \"project\": \"shop\", \"effect\": \"deny\"}");
        Client ben = Client.of(port, "ben");

        assertThat(ben.get(project).status()).isEqualTo(200);
        assertThat(ben.patch(project + "/components/api", "{}").status()).isEqualTo(403);
        assertThat(ben.delete(project).status()).isEqualTo(403);
        assertThat(ben.post(organization.path() + "/projects", "{\"name\": \"other\"}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aDeniedViewerSeesNothing() {
        organization.member("ben", "owner");
        organization.bind("{\"username\": \"ben\", \"role\": \"viewer\", \"effect\": \"deny\"}");

        assertThat(Client.of(port, "ben").get(organization.path()).status()).isEqualTo(404);
    }

    @Test
    void aMemberOfOneProjectSeesThatOneOnly() {
        String other = organization.project("other");
        organization.bind("{\"username\": \"ben\", \"role\": \"developer\", \"project\": \"shop\"}");
        Client ben = Client.of(port, "ben");

        assertThat(ben.get(organization.path() + "/projects").json().findValuesAsString("name"))
                .containsExactly("shop");
        assertThat(ben.get(other).status()).isEqualTo(404);
        assertThat(ben.get(organization.path() + "/members").status()).isEqualTo(403);
        assertThat(ben.get(organization.path() + "/audit").status()).isEqualTo(403);
    }

    @Test
    void theLastOwnerStays() {
        String binding = ann.get(organization.path() + "/members").text("/items/0/id");

        var removed = ann.delete(organization.path() + "/members/" + binding);

        assertThat(removed.status()).isEqualTo(409);
        assertThat(removed.text("/type")).endsWith("/last-owner");
        assertThat(ann.get(organization.path()).status()).isEqualTo(200);
    }

    @Test
    void whoWasRemovedIsOutAtOnce() {
        String binding = organization.member("ben", "viewer");
        Client ben = Client.of(port, "ben");
        assertThat(ben.get(organization.path()).status()).isEqualTo(200);

        ann.delete(organization.path() + "/members/" + binding);

        assertThat(ben.get(organization.path()).status()).isEqualTo(404);
    }

    @Test
    void aMemberMustBeAUserOfTheIdentityProvider() {
        var answer = ann.post(organization.path() + "/members", "{\"username\": \"nobody\", \"role\": \"viewer\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/errors/0/field")).isEqualTo("username");
    }

    @Test
    void aServiceAccountHoldsItsRoleUntilItIsDeleted() {
        var created =
                ann.post(organization.path() + "/service-accounts", "{\"name\": \"ci\", \"role\": \"developer\"}");
        String clientId = created.text("/clientId");
        Client machine = ann.withToken(TestIssuer.SHARED.token(clientId));

        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        assertThat(created.text("/clientSecret")).isEqualTo("secret-of-" + clientId);
        assertThat(machine.get(project).status()).isEqualTo(200);
        assertThat(ann.get(organization.path() + "/service-accounts").toString())
                .doesNotContain("secret-of");

        assertThat(ann.delete(organization.path() + "/service-accounts/ci").status())
                .isEqualTo(204);
        assertThat(machine.get(project).status()).isEqualTo(404);
    }

    @Test
    void whatSomebodyMayDoIsExplainedByTheBindings() {
        organization.member("ben", "admin");
        organization.bind(
                "{\"username\": \"ben\", \"role\": \"developer\", \"project\": \"shop\", \"effect\": \"deny\"}");
        String access = organization.path() + "/access";

        var everywhere = ann.get(access + "?username=ben");
        var inShop = ann.get(access + "?username=ben&project=shop");

        assertThat(everywhere.text("/role")).isEqualTo("admin");
        assertThat(everywhere.json().findValuesAsString("bearing")).containsExactly("GIVES", "ELSEWHERE");
        assertThat(inShop.text("/role")).isEqualTo("viewer");
        assertThat(inShop.json().at("/permissions").toString()).isEqualTo("[\"VIEW\"]");
        assertThat(inShop.json().findValuesAsString("bearing")).containsExactly("GIVES", "LIMITS");
        assertThat(ann.get(access + "?username=nobody")
                        .json()
                        .at("/permissions")
                        .size())
                .isZero();
    }

    @Test
    void everybodyMayAskForTheOwnAccessAndOnlyAdminsForThatOfOthers() {
        organization.member("ben", "viewer");
        String access = organization.path() + "/access";
        Client ben = Client.of(port, "ben");

        assertThat(ben.get(access).text("/role")).isEqualTo("viewer");
        assertThat(ben.get(access + "?username=ann").status()).isEqualTo(403);
        assertThat(Client.of(port, "stranger").get(access).status()).isEqualTo(404);
    }
}
