package dev.cytoplane.controlplane.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.controlplane.api.Client;
import java.util.concurrent.atomic.AtomicInteger;

/** A component in an organization of its own. */
public record TestComponent(Client client, int port, String organization, String name) {

    private static final AtomicInteger COUNT = new AtomicInteger();

    /** @param fields of the new component besides its name, as JSON, with a comma at the front */
    public static TestComponent create(int port, String fields) {
        String organization = "builds" + COUNT.incrementAndGet();
        Client client = Client.of(port, "ann");
        TestComponent component = new TestComponent(client, port, organization, "api");
        created(client.post("/api/v1/organizations", "{\"name\":\"%s\"}".formatted(organization)));
        created(client.post("/api/v1/organizations/" + organization + "/projects", "{\"name\":\"shop\"}"));
        created(client.post(
                "/api/v1/organizations/" + organization + "/projects/shop/components",
                "{\"name\":\"api\"%s}".formatted(fields)));
        return component;
    }

    /** One that is built, and then deployed by nobody. */
    public static TestComponent onlyBuilt(int port) {
        return create(port, ", \"autoDeploy\": false");
    }

    private static void created(Client.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    }

    public String path() {
        return "/api/v1/organizations/" + organization + "/projects/shop/components/" + name;
    }

    public String gitUrl() {
        return "http://localhost:%d/git/%s/shop/%s.git".formatted(port, organization, name);
    }

    public String token() {
        return String.valueOf(client.token());
    }
}
