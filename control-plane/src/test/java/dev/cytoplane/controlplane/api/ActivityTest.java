package dev.cytoplane.controlplane.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What happened in an organization, by pages. */
@ControlPlaneTest
class ActivityTest {

    @LocalServerPort
    int port;

    Client ann;
    Organization organization;

    @BeforeEach
    void aShopWithTwoProjects() {
        ann = Client.of(port, "ann");
        organization = Organization.create(ann);
        ann.post(organization.project("shop") + "/components", "{\"name\": \"api\", \"type\": \"service\"}");
        organization.project("mail");
    }

    @Test
    void isReadFromTheNewestOnPageByPage() {
        List<String> subjects = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        do {
            var page = ann.get(activity("limit=2" + cursor));
            assertThat(page.status()).as(page.toString()).isEqualTo(200);
            subjects.addAll(page.json().at("/items").findValuesAsString("subject"));
            cursor = page.json().at("/nextCursor").isString() ? "&cursor=" + page.text("/nextCursor") : "";
            pages++;
        } while (!cursor.isEmpty());

        assertThat(pages).isGreaterThan(2);
        assertThat(subjects).doesNotHaveDuplicates();
        assertThat(subjects)
                .startsWith(
                        organization.name() + "/mail",
                        organization.name() + "/shop/api",
                        organization.name() + "/shop");
    }

    @Test
    void isNarrowedToAProjectAComponentAndKinds() {
        assertThat(types("project=shop")).containsExactly("component.created", "project.created");
        assertThat(types("project=shop&component=api")).containsExactly("component.created");
        assertThat(types("kind=project&kind=component"))
                .containsExactly("project.created", "component.created", "project.created");
        organization.project("environments");
        assertThat(types("project=environments")).containsExactly("project.created");
    }

    @Test
    void whatCannotBeAskedForIsNamed() {
        assertThat(ann.get(activity("component=api")).text("/errors/0/field")).isEqualTo("component");
        assertThat(ann.get(activity("kind=Build!")).text("/errors/0/field")).startsWith("kind");
        assertThat(ann.get(activity("project=nothing")).status()).isEqualTo(404);
        assertThat(Client.of(port, "stranger").get(activity("limit=1")).status())
                .isEqualTo(404);
    }

    @Test
    void nothingIsToldOfAProjectThatSomebodyMayNotSee() {
        organization.member("ben", "viewer");
        organization.bind("{\"username\": \"ben\", \"role\": \"viewer\", \"effect\": \"deny\", \"project\": \"mail\"}");
        Client ben = Client.of(port, "ben");

        var seen = ben.get(activity("limit=50"));

        assertThat(seen.status()).as(seen.toString()).isEqualTo(200);
        assertThat(seen.json().at("/items").findValuesAsString("subject"))
                .contains(organization.name() + "/shop")
                .doesNotContain(organization.name() + "/mail");
        assertThat(ben.get(activity("project=mail")).status()).isEqualTo(404);
    }

    private List<String> types(String query) {
        var answer = ann.get(activity(query));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().at("/items").findValuesAsString("type");
    }

    private String activity(String query) {
        return organization.path() + "/activity?" + query;
    }
}
