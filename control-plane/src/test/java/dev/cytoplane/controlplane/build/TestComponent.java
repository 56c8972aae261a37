package dev.cytoplane.controlplane.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.controlplane.api.Client;
import java.time.Duration;
import java.util.List;
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

    /** What the build is in the end. */
    public Client.Answer finished(String build) {
        return await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> client.get(path() + "/builds/" + build),
                        answer -> List.of("SUCCEEDED", "FAILED", "CANCELLED").contains(answer.text("/status")));
    }

    /** Waits until there is one, too: what a push or a webhook leads to. */
    public Client.Answer newest() {
        String build =
                await().until(() -> client.get(path() + "/builds?limit=1").text("/items/0/id"), id -> !id.isEmpty());
        return finished(build);
    }

    public String log(String build) {
        return client.get(path() + "/builds/" + build + "/log").response().body();
    }

    public Client.Answer build(String body) {
        Client.Answer answer = client.post(path() + "/builds", body);
        created(answer);
        return answer;
    }

    public String token() {
        return String.valueOf(client.token());
    }
}
