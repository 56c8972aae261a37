package dev.cytoplane.controlplane.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@ControlPlaneTest
class ResourcesTest {

    @LocalServerPort
    int port;

    @Test
    void aNewOrganizationHasItsCreatorAsOwnerAndIsReadyToDeploy() {
        Client ann = Client.of(port, "ann");

        var created = ann.post("/api/v1/organizations", """
                {"name": "first", "displayName": "The first"}""");

        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo("/api/v1/organizations/first");
        assertThat(created.header("ETag")).isEqualTo("\"1\"");
        assertThat(ann.get("/api/v1/me").json().at("/organizations").toString())
                .contains("{\"name\":\"first\",\"roles\":[\"owner\"]}");
        assertThat(ann.get("/api/v1/organizations/first/environments").json().findValuesAsString("name"))
                .containsExactly("development", "production", "staging");
        assertThat(ann.get("/api/v1/organizations/first/pipelines/default")
                        .json()
                        .at("/stages")
                        .toString())
                .isEqualTo("[\"development\",\"staging\",\"production\"]");
    }
}
