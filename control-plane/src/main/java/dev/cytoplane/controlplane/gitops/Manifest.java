package dev.cytoplane.controlplane.gitops;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.json.ContractJson;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * A file of a delivery repository: the custom resource that {@code kubectl apply} takes, as YAML. Pure.
 *
 * @param content what the file says, as maps, lists and scalars; null when it is not one YAML document
 * @param hash tells contents apart, not their form: whoever only sorts or indents the file has changed nothing
 * @param version the version of the cell that the file states; null when it states none
 */
record Manifest(
        String text,
        @Nullable Object content,
        String hash,
        @Nullable Long version) {

    /** The annotation that a data plane reads a cell's version from. */
    static final String VERSION = "cytoplane.dev/version";

    /** Bytes. Far more than an API server takes. */
    static final int MOST = 8 << 20;

    // Strings are quoted, since what is a string in YAML 1.2 may be a boolean in the YAML 1.1 of kubectl.
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .disable(YAMLWriteFeature.SPLIT_LINES)
            .build();

    /** What is to be written of a cell. The same cell gives the same bytes. */
    static Manifest of(Cell cell) {
        Cell.Metadata metadata = cell.metadata();
        Map<String, Object> resource = new TreeMap<>();
        resource.put("apiVersion", Cell.API_VERSION);
        resource.put("kind", Cell.KIND);
        resource.put(
                "metadata",
                Map.of("name", metadata.name(), "annotations", Map.of(VERSION, Long.toString(metadata.version()))));
        resource.put("spec", ContractJson.MAPPER.readValue(ContractJson.canonical(cell.spec()), Object.class));
        return read("# Written by Cytoplane, which shows what somebody else changes here as drift.\n"
                + withLineBreaksEscaped(YAML.writeValueAsString(resource)));
    }

    /** These are characters in YAML 1.2 and breaks of lines, or nothing, in 1.1. All strings are quoted, so escapes count. */
    private static String withLineBreaksEscaped(String yaml) {
        return yaml.replace("\u0085", "\\u0085")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029")
                .replace("\ufeff", "\\ufeff");
    }

    static Manifest read(String text) {
        try {
            Object content = YAML.readValue(text, Object.class);
            return new Manifest(text, content, ContractJson.contentHash(content), version(content));
        } catch (JacksonException e) {
            return new Manifest(text, null, ContractJson.contentHash(text), null);
        }
    }

    private static @Nullable Long version(@Nullable Object content) {
        Object stated = content instanceof Map<?, ?> resource
                        && resource.get("metadata") instanceof Map<?, ?> metadata
                        && metadata.get("annotations") instanceof Map<?, ?> annotations
                ? annotations.get(VERSION)
                : null;
        try {
            return stated == null ? null : Long.valueOf(stated.toString());
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
