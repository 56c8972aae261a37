package dev.cytoplane.contracts.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.ComponentType;
import dev.cytoplane.contracts.descriptor.Descriptor;
import dev.cytoplane.contracts.descriptor.Protocol;
import dev.cytoplane.contracts.descriptor.Visibility;
import dev.cytoplane.contracts.json.ContractJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Keeps docs/reference true. After a change of a contract: {@code ./mvnw -pl contracts test -Dreference.write=true}. */
class ReferenceTest {

    private static final Path ROOT = Path.of("..");
    private static final Path REFERENCE = ROOT.resolve("docs/reference");
    private static final JsonMapper PRETTY =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final YAMLMapper YAML = new YAMLMapper();

    private static final Map<String, Object> DESCRIPTOR = JsonSchemas.of(
            Descriptor.class, Map.of("apiVersion", Descriptor.API_VERSION, "kind", Descriptor.KIND), true);
    // Open, because a newer control plane may say more to an older data plane.
    private static final Map<String, Object> CELL =
            JsonSchemas.of(Cell.class, Map.of("apiVersion", Cell.API_VERSION, "kind", Cell.KIND), false);

    @Test
    void thePublishedDescriptorSchemaIsTheOneOfTheCode() throws IOException {
        assertPublished("descriptor.schema.json", PRETTY.writeValueAsString(DESCRIPTOR) + "\n");
    }

    @Test
    void thePublishedCellSchemaIsTheOneOfTheCode() throws IOException {
        assertPublished("cell.schema.json", PRETTY.writeValueAsString(CELL) + "\n");
    }

    @Test
    void thePublishedDescriptorPageIsTheOneOfTheCode() throws IOException {
        String example = Files.readString(ROOT.resolve("samples/orders/cytoplane.yaml"));
        String introduction = """
                A component may say what it is in a file `cytoplane.yaml` at the root of its source. The file is optional, and
                so is nearly everything in it. Editors check it against
                [descriptor.schema.json](descriptor.schema.json). A field that is not known is an error, and the error names it.

                An example, the orders service of the [sample shop](../../samples):

                ```yaml
                %s```
                """.formatted(example);
        assertPublished(
                "descriptor.md", ReferencePage.of("The descriptor, cytoplane.yaml", introduction, Descriptor.class));
    }

    @Test
    void thePublishedCellPageIsTheOneOfTheCode() throws IOException {
        String introduction = """
                The control plane compiles a project in an environment into one document, and a data plane's runtime makes it
                true. Nobody writes it by hand; `GET …/projects/{project}/cells/{environment}` shows it. Its schema is
                [cell.schema.json](cell.schema.json).
                """;
        assertPublished("cell.md", ReferencePage.of("The Cell document", introduction, Cell.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "storefront/api", "storefront/web"})
    void theSamplesKeepToTheSchema(String sample) throws IOException {
        JsonNode descriptor = YAML.readTree(
                Files.readString(ROOT.resolve("samples").resolve(sample).resolve("cytoplane.yaml")));
        assertThat(errors(DESCRIPTOR, descriptor)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{apiVersion: cytoplane.dev/v1alpha1, kind: Component, endpoint: []}",
                "{apiVersion: cytoplane.dev/v1alpha1, kind: Component, endpoints: [{name: a, port: 'eighty'}]}",
                "{apiVersion: cytoplane.dev/v1alpha1, kind: Component, endpoints: [{visibility: public}]}",
                "{apiVersion: cytoplane.dev/v1alpha1, kind: Component, endpoints: [{name: a, visibility: everyone}]}",
                "{apiVersion: cytoplane.dev/v2, kind: Component}",
                "{kind: Component}"
            })
    void theSchemaRefusesWhatIsNotADescriptor(String yaml) {
        assertThat(errors(DESCRIPTOR, YAML.readTree(yaml))).isNotEmpty();
    }

    @Test
    void aCellAsItIsWrittenKeepsToItsSchema() {
        var endpoint = new Cell.Endpoint(
                "http",
                Protocol.HTTP,
                8080,
                "/",
                Visibility.PUBLIC,
                "/orders",
                null,
                List.of(new Cell.Caller("shop.development.acme", "spiffe://cytoplane.local/acme/development/shop")));
        var component = new Cell.Component(
                "orders",
                ComponentType.SERVICE,
                "r-0123456789ab",
                new Cell.Artifact("sha256:00", Cell.Artifact.Kind.BUNDLE, 12),
                List.of("java", "-jar", "orders.jar"),
                Map.of("LEVEL", "info"),
                List.of(new Cell.SealedSecret("PASSWORD", 1, "c2VhbGVk")),
                List.of(endpoint),
                List.of(new Cell.Connection(
                        "mail", "MAIL_URL", null, null, new Cell.External("https://mail.example.com"))),
                new Cell.Probes(new Cell.Probe("/health", 5, 2, 3, 60), null),
                1,
                null,
                null,
                10,
                2L,
                null,
                new Cell.Autoscaling(1, 3, 80, null));
        var cell = new Cell(
                Cell.API_VERSION,
                Cell.KIND,
                new Cell.Metadata("orders.development.acme", "acme", "development", "orders", 1, "sha256:00"),
                new Cell.Spec(
                        "spiffe://cytoplane.local/acme/development/orders",
                        "orders.development.acme.localhost",
                        null,
                        List.of(component)));

        assertThat(errors(CELL, ContractJson.MAPPER.readTree(ContractJson.canonical(cell))))
                .isEmpty();
    }

    private static List<Error> errors(Map<String, Object> schema, JsonNode value) {
        Schema compiled = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(PRETTY.writeValueAsString(schema));
        return compiled.validate(value);
    }

    private static void assertPublished(String name, String content) throws IOException {
        Path file = REFERENCE.resolve(name);
        if (Boolean.getBoolean("reference.write")) {
            Files.createDirectories(REFERENCE);
            Files.writeString(file, content);
        }
        assertThat(file)
                .as("docs/reference/%s; write it anew with ./mvnw -pl contracts test -Dreference.write=true", name)
                .content()
                .isEqualTo(content);
    }
}
