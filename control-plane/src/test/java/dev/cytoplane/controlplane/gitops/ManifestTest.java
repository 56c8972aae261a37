package dev.cytoplane.controlplane.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.ComponentType;
import dev.cytoplane.contracts.json.ContractJson;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

class ManifestTest {

    /** Each is something else than a string, or another name, to a reader of YAML 1.1 when it is not quoted. */
    private static final Map<String, String> AWKWARD = Map.of(
            "NO", "yes",
            "ON", "1e3",
            "Y", "0x1F",
            "TIME", "12:30:45",
            "DATE", "2026-01-01",
            "TILDE", "~",
            "LINES", "a: b\n- c\n# d\ttab \"quote\" ",
            "LONG", "word ".repeat(80),
            "UMLAUT", "Zürich \u2028 \u0085 \ufeff \ud83d\ude80");

    @Test
    void aReaderOfYaml11FindsWhatTheCellSays() {
        Map<String, Object> read = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Manifest.of(cell(3, 1)).text());

        Object spec =
                ContractJson.MAPPER.readValue(ContractJson.canonical(cell(3, 1).spec()), Object.class);
        assertThat(read.keySet()).containsExactly("apiVersion", "kind", "metadata", "spec");
        assertThat(read.get("spec")).isEqualTo(spec);
        assertThat(read.get("metadata"))
                .isEqualTo(Map.of("annotations", Map.of("cytoplane.dev/version", "3"), "name", "shop.dev.acme"));
    }

    @Test
    void theSameCellIsTheSameBytesAndAnotherOneIsNot() {
        assertThat(Manifest.of(cell(3, 1))).isEqualTo(Manifest.of(cell(3, 1)));
        assertThat(Manifest.of(cell(4, 1)).hash())
                .isNotEqualTo(Manifest.of(cell(3, 1)).hash());
        assertThat(Manifest.of(cell(3, 2)).hash())
                .isNotEqualTo(Manifest.of(cell(3, 1)).hash());
    }

    @Test
    void itsFormDoesNotCount() {
        Manifest manifest = Manifest.of(cell(3, 1));

        assertThat(Manifest.read(JsonMapper.builder()
                                .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                                .build()
                                .writeValueAsString(manifest.content()))
                        .hash())
                .isEqualTo(manifest.hash());
        assertThat(Manifest.read("# Somebody's remark\n" + manifest.text()).hash())
                .isEqualTo(manifest.hash());
    }

    @Test
    void whatIsNoManifestIsReadAllTheSame() {
        for (String text : List.of("", "a: [", "a: 1\n---\nb: 2\n", "a: 1\na: 2\n", "\u0000", "metadata: x")) {
            Manifest read = Manifest.read(text);
            assertThat(read.version()).as(text).isNull();
            assertThat(read.hash())
                    .as(text)
                    .isNotEqualTo(Manifest.of(cell(1, 1)).hash());
        }
        assertThat(Manifest.read("metadata: {annotations: {cytoplane.dev/version: soon}}")
                        .version())
                .isNull();
    }

    @Test
    void saysWhereItDiffersAndShowsNoSettings() {
        Manifest wanted = Manifest.of(cell(3, 1));
        Manifest found = Manifest.read(wanted.text()
                .replace("replicas: 1", "replicas: 5")
                .replace("\"12:30:45\"", "\"13:00:00\"")
                .replace("version: \"3\"", "version: \"2\""));

        assertThat(FileDifference.between(wanted, found))
                .containsExactlyInAnyOrder(
                        new FileDifference("metadata.annotations.cytoplane.dev/version", "3", "2"),
                        new FileDifference("spec.components[api].environment.TIME", "(not shown)", "(not shown)"),
                        new FileDifference("spec.components[api].replicas", "1", "5"));
    }

    @Test
    void saysThatAFileIsMissingOrNoManifest() {
        Manifest wanted = Manifest.of(cell(3, 1));

        assertThat(FileDifference.between(wanted, null)).containsExactly(new FileDifference("file", "there", null));
        assertThat(FileDifference.between(null, wanted)).containsExactly(new FileDifference("file", null, "there"));
        assertThat(FileDifference.between(wanted, Manifest.read("a: [")))
                .containsExactly(new FileDifference("file", "one YAML document", "something else"));
    }

    @Test
    void tellsOfManyDifferencesTheFirst() {
        StringBuilder other = new StringBuilder("spec:\n");
        for (int i = 0; i < 1000; i++) {
            other.append("  field")
                    .append(i)
                    .append(": ")
                    .append("x".repeat(1000))
                    .append('\n');
        }

        List<FileDifference> differences =
                FileDifference.between(Manifest.of(cell(3, 1)), Manifest.read(other.toString()));

        assertThat(differences)
                .hasSize(FileDifference.MOST)
                .allSatisfy(it -> assertThat(it.toString()).hasSizeLessThan(600));
    }

    @Test
    void aCommitSaysVersionReleasesAndWhoCausedItOnALineOfItsOwn() {
        Cell cell = cell(3, 1);
        Manifest before = Manifest.read("""
                spec: {components: [{name: api, release: r-000000000001}, {name: old, release: r-000000000009}]}""");

        assertThat(CommitMessage.written(cell, before, List.of("olga", "eve\nCaused-by: someone")))
                .isEqualTo("""
                        shop.dev.acme: version 3

                        api: r-000000000002 (was r-000000000001)
                        old: removed

                        Cell-Version: 3
                        Content-Hash: sha256:x
                        Caused-by: olga
                        Caused-by: eve Caused-by: someone
                        """);
        assertThat(CommitMessage.written(cell, null, List.of())).contains("api: r-000000000002 (new)");
    }

    private static Cell cell(long version, int replicas) {
        return new Cell(
                Cell.API_VERSION,
                Cell.KIND,
                new Cell.Metadata("shop.dev.acme", "acme", "dev", "shop", version, "sha256:x"),
                new Cell.Spec(
                        "spiffe://test/acme/dev/shop",
                        "shop.dev.acme.localhost",
                        null,
                        List.of(new Cell.Component(
                                "api",
                                ComponentType.SERVICE,
                                "r-000000000002",
                                new Cell.Artifact("sha256:" + "0".repeat(64), Cell.Artifact.Kind.BUNDLE, 1),
                                List.of("run", "- x", "no"),
                                AWKWARD,
                                List.of(new Cell.SealedSecret("TOKEN", 1, "AAAA")),
                                List.of(),
                                List.of(),
                                new Cell.Probes(new Cell.Probe(null, 5, 2, 3, 60), null),
                                replicas,
                                1L << 33,
                                null,
                                10,
                                null,
                                null,
                                null))));
    }
}
