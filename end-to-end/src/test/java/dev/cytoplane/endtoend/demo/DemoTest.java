package dev.cytoplane.endtoend.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Answer;
import dev.cytoplane.endtoend.platform.Git;
import dev.cytoplane.endtoend.platform.Json;
import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.Programs;
import dev.cytoplane.endtoend.platform.Waits;
import dev.cytoplane.endtoend.platform.WithPlatform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code ./cyto demo} and the sample shop it leaves running. */
@WithPlatform(demo = true)
class DemoTest {

    private static final String ORDER = """
            {"customer": "Ada", "lines": [{"product": "mug", "quantity": 2}]}""";

    private final Platform platform;

    DemoTest(Platform platform) {
        this.platform = platform;
    }

    @Test
    void showsEveryServiceCellAndEndpointHealthy() {
        JsonNode status = platform.services().status();
        assertThat(status.path("services").size()).isGreaterThanOrEqualTo(5);
        assertThat(status.path("dataPlanes").valueStream())
                .as("the data plane of this machine")
                .anyMatch(it -> it.path("name").asString().equals("local")
                        && it.path("status").asString().equals("CONNECTED"));
        assertThat(status.path("cells").size())
                .isGreaterThanOrEqualTo(Programs.found("npm").isPresent() ? 2 : 1);
        for (JsonNode endpoint : status.path("endpoints")) {
            assertThat(endpoint.path("health").asString()).as("%s", endpoint).isEqualTo("HEALTHY");
            assertThat(endpoint.path("release").asString()).as("%s", endpoint).matches("r-[0-9a-f]{12}");
            for (String field : List.of("cell", "component", "name", "visibility")) {
                assertThat(endpoint.path(field).asString())
                        .as("%s of %s", field, endpoint)
                        .isNotEmpty();
            }
        }
    }

    @Test
    void saysHowToSignInAndWhereTheShopIs() {
        assertThat(platform.demo().out())
                .contains(platform.tokens().credential("adminPassword"))
                .contains(url("orders", "http"));
    }

    @Test
    void theStorefrontSellsThroughItsOwnGatewayAndThatOfTheOrders() {
        Programs.needNode();
        Answer page = platform.http().get(url("web", "http")).expect(200);
        assertThat(page.text()).contains("<title>The Corner Shop</title>");
        assertThat(page.header("Content-Type").orElse("")).startsWith("text/html");

        String api = url("api", "http");
        JsonNode placed = post(api + "/orders", ORDER, Map.of()).expect(201).json();
        assertThat(placed.path("total").asInt()).isEqualTo(2900);
        assertThat(platform.http().get(api + "/orders").expect(200).text())
                .contains(placed.path("id").asString());
        assertThat(post(api + "/orders", "{}", Map.of()).expect(400).text()).contains("customer");
    }

    @Test
    void theOrdersAreGuardedBySignInAndScope() {
        String orders = url("orders", "http");
        platform.http().get(orders).expect(401);
        platform.http().get(orders, customer("")).expect(403);
        platform.http().get(orders, customer("orders:read")).expect(200);
        post(orders, ORDER, customer("orders:read")).expect(403);
        JsonNode placed =
                post(orders, ORDER, customer("orders:write")).expect(201).json();
        platform.http()
                .get(orders + "/" + placed.path("id").asString(), customer("orders:read"))
                .expect(200);
    }

    @Test
    void ordersSurviveANewRelease(@TempDir Path folder) throws IOException {
        String orders = url("orders", "http");
        JsonNode placed =
                post(orders, ORDER, customer("orders:write")).expect(201).json();
        String before = endpoint("orders", "http").path("release").asString();

        Git git = Git.init(copy(platform.root().resolve("samples/orders"), folder.resolve("orders")));
        String main = Files.readString(git.tree().resolve("src/main/java/shop/orders/Orders.java"));
        assertThat(main).contains("Orders on port ");
        git.write("src/main/java/shop/orders/Orders.java", main.replace("Orders on port ", "Orders, again, on port "))
                .commit("Say it differently");
        String organization = endpoint("orders", "http").path("cell").asString().split("\\.", -1)[2];
        String address = platform.api()
                .get("/organizations/%s/projects/orders/components/orders".formatted(organization))
                .expect(200)
                .json()
                .path("gitUrl")
                .asString();
        Git.Result push =
                git.push(address, platform.api().token(), "--force", "main").ok();
        assertThat(push.output()).as("the build runs the orders' own tests").contains("Tests run: ");

        Waits.until(
                "the new release is live",
                Waits.LONG,
                () -> assertThat(endpoint("orders", "http").path("release").asString())
                        .isNotEqualTo(before));
        assertThat(platform.http()
                        .get(orders + "/" + placed.path("id").asString(), customer("orders:read"))
                        .expect(200)
                        .json())
                .isEqualTo(placed);
    }

    @Test
    void runAgainItFindsEverythingInPlace() {
        List<JsonNode> before = endpoints();
        platform.cyto().ok("demo");
        assertThat(endpoints())
                .extracting(DemoTest::place)
                .containsAll(before.stream().map(DemoTest::place).toList());
    }

    private static String place(JsonNode endpoint) {
        return endpoint.path("cell").asString() + " "
                + endpoint.path("component").asString() + " "
                + endpoint.path("url").asString("");
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path relative = from.relativize(file);
                if (!relative.startsWith("target")) {
                    Files.createDirectories(to.resolve(relative).getParent());
                    Files.copy(file, to.resolve(relative));
                }
            }
        }
        return to;
    }

    private Answer post(String url, String body, Map<String, String> headers) {
        var all = new java.util.HashMap<>(headers);
        all.put("Content-Type", "application/json");
        return platform.http().send("POST", url, body.getBytes(StandardCharsets.UTF_8), all);
    }

    private Map<String, String> customer(String scopes) {
        return Map.of("Authorization", "Bearer " + platform.tokens().demoCustomer(scopes));
    }

    private String url(String component, String name) {
        return endpoint(component, name).path("url").asString();
    }

    private JsonNode endpoint(String component, String name) {
        return endpoints().stream()
                .filter(it -> it.path("component").asString().equals(component)
                        && it.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "No endpoint %s of %s: %s".formatted(name, component, Json.write(endpoints()))));
    }

    /** Of the demo: what the status shows in development. */
    private List<JsonNode> endpoints() {
        return platform.services()
                .status()
                .path("endpoints")
                .valueStream()
                .filter(it -> it.path("cell").asString().contains(".development."))
                .toList();
    }
}
