package dev.cytoplane.controlplane.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** The document of the API says what the running service does. */
@ControlPlaneTest
class OpenApiTest {

    private static final String DOCUMENT = "/api/v1/openapi.json";
    private static final List<String> OPEN = List.of("/healthz");

    @LocalServerPort
    int port;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    JsonNode document;

    record Operation(String method, String path, JsonNode node) {

        String id() {
            return node.at("/operationId").asString();
        }

        /** Short, for messages of failures. */
        @Override
        public String toString() {
            return method + " " + path;
        }

        boolean mayAnswer(int status) {
            return node.at("/responses").has(Integer.toString(status));
        }
    }

    @BeforeEach
    void read() {
        document = Client.of(port, "ann").get(DOCUMENT).json();
    }

    @Test
    void isForWhoIsSignedIn() {
        assertThat(Client.anonymous(port).get(DOCUMENT).status()).isEqualTo(401);
        assertThat(document.at("/openapi").asString()).startsWith("3.1");
    }

    @Test
    void holdsEveryOperationThatIsServed() {
        var served = new TreeSet<String>();
        mappings.getHandlerMethods().forEach((mapping, method) -> {
            for (String path : mapping.getPatternValues()) {
                if (path.startsWith("/api/v1/") && !path.startsWith(DOCUMENT) && !path.contains("openapi")) {
                    mapping.getMethodsCondition().getMethods().forEach(it -> served.add(it + " " + path));
                }
            }
        });
        var documented = operations().stream()
                .filter(it -> it.path().startsWith("/api/v1/"))
                .map(it -> it.method() + " " + it.path())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented).isEqualTo(served);
    }

    @Test
    void everyOperationHasANameOfItsOwnAndASentence() {
        List<Operation> operations = operations();

        assertThat(operations.stream().map(Operation::id).distinct()).hasSameSizeAs(operations);
        assertThat(operations).allSatisfy(it -> {
            assertThat(it.id()).matches("[a-z][A-Za-z]+");
            assertThat(it.node().at("/summary").asString()).as(it.id()).isNotBlank();
            assertThat(it.node().at("/tags").size()).as(it.id()).isEqualTo(1);
        });
    }

    @Test
    void everyOperationSaysWhichProblemsItMayAnswer() {
        assertThat(operations()).filteredOn(it -> !OPEN.contains(it.path())).allSatisfy(it -> {
            assertThat(it.mayAnswer(400)).as(it.id()).isTrue();
            assertThat(it.mayAnswer(401)).as(it.id()).isTrue();
            assertThat(it.node()
                            .at("/responses/401/content/application~1problem+json/schema/$ref")
                            .asString())
                    .as(it.id())
                    .isEqualTo("#/components/schemas/Problem");
            if (it.path().contains("{")) {
                assertThat(it.mayAnswer(404)).as(it.id()).isTrue();
            }
            if (!it.method().equals("GET")) {
                assertThat(it.mayAnswer(413)).as(it.id()).isTrue();
            }
        });
        assertThat(document.at("/components/schemas/Problem/properties/errors").isMissingNode())
                .isFalse();
    }

    @Test
    void everyCreationSucceedsWithAStatusOfItsKind() {
        assertThat(operations())
                .filteredOn(it -> it.method().equals("DELETE"))
                .allSatisfy(it -> assertThat(it.mayAnswer(204) || it.mayAnswer(201) || it.mayAnswer(200))
                        .as(it.id())
                        .isTrue());
        assertThat(operation("createProject").mayAnswer(201)).isTrue();
        assertThat(operation("createProject").mayAnswer(200)).isFalse();
        assertThat(operation("createProject")
                        .node()
                        .at("/responses/201/headers")
                        .has("ETag"))
                .isTrue();
        assertThat(parameters("createProject")).contains("header Idempotency-Key");
        assertThat(parameters("updateProject")).contains("header If-Match");
        assertThat(operation("updateProject").mayAnswer(428)).isTrue();
        assertThat(parameters("listProjects")).contains("query limit", "query cursor", "query sort");
    }

    @Test
    void saysHowLargeAndOfWhichFormWhatIsSentMayBe() {
        JsonNode project = document.at("/components/schemas/NewProject");

        assertThat(project.at("/properties/name/pattern").asString()).startsWith("^[a-z]");
        assertThat(project.at("/properties/displayName/maxLength").asInt()).isEqualTo(200);
        assertThat(project.at("/required").toString()).contains("name").doesNotContain("displayName");
    }

    @Test
    void onlyTheBodyOfAPatchRequiresNothingOfWhatCannotBeNull() {
        JsonNode schemas = document.at("/components/schemas");

        assertThat(schemas.at("/ComponentChange").has("required")).isFalse();
        // Called a change, but not one that is asked for.
        assertThat(schemas.at("/CellChange/required").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrder("component", "aspect");
    }

    /** Both are called component where they are at home. */
    @Test
    void aCellsComponentIsAnotherThingThanTheApis() {
        JsonNode schemas = document.at("/components/schemas");

        assertThat(schemas.at("/CellSpec/properties/components/items/$ref").asString())
                .isEqualTo("#/components/schemas/CellComponent");
        assertThat(schemas.at("/CellStatus/properties/components/items/$ref").asString())
                .isEqualTo("#/components/schemas/CellStatusComponent");
        assertThat(schemas.at("/Component/required").toString()).contains("autoDeploy");
        assertThat(schemas.at("/CellComponent/required").toString())
                .contains("release")
                .doesNotContain("autoDeploy");
    }

    @Test
    void aStreamIsDescribedByOneOfItsEvents() {
        for (String id : List.of("streamEvents", "streamBuild", "followDeployment", "readLogs")) {
            assertThat(operation(id)
                            .node()
                            .at("/responses/200/content/text~1event-stream/schema/properties")
                            .propertyNames())
                    .as(id)
                    .containsExactlyInAnyOrder("id", "event", "data");
        }
    }

    @Test
    void everythingThatIsReferredToIsThere() {
        var references = new TreeSet<String>();
        document.findValues("$ref").forEach(it -> references.add(it.asString()));

        assertThat(references)
                .isNotEmpty()
                .allSatisfy(it -> assertThat(document.at(it.substring(1)).isMissingNode())
                        .as(it)
                        .isFalse());
    }

    @Test
    void withoutATokenEveryOperationButTheOpenOnesIsRefused() {
        Client anonymous = Client.anonymous(port);
        List<String> wrong = new ArrayList<>();
        for (Operation operation : operations()) {
            String path = operation
                    .path()
                    .replaceAll(
                            "\\{(id|deployment|build|member)}",
                            UUID.randomUUID().toString())
                    .replaceAll("\\{[^}]+}", "x");
            String body = operation.node().has("requestBody") ? "{}" : null;
            int status = anonymous.send(operation.method(), path, body).status();
            if (status != (OPEN.contains(operation.path()) ? 200 : 401)) {
                wrong.add(operation.id() + " " + status);
            }
        }

        assertThat(wrong).isEmpty();
    }

    private List<String> parameters(String operation) {
        List<String> parameters = new ArrayList<>();
        operation(operation)
                .node()
                .at("/parameters")
                .forEach(it -> parameters.add(
                        it.at("/in").asString() + " " + it.at("/name").asString()));
        return parameters;
    }

    private Operation operation(String id) {
        return operations().stream()
                .filter(it -> it.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.at("/paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                operations.add(new Operation(
                        operation.getKey().toUpperCase(java.util.Locale.ROOT), path.getKey(), operation.getValue()));
            }
        }
        assertThat(operations).hasSizeGreaterThan(30);
        return operations;
    }
}
