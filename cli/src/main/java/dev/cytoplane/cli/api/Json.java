package dev.cytoplane.cli.api;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The API's JSON is passed on as it is; what the tables need is read from the tree. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final JsonMapper PRETTY =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}

    /** @throws JacksonException when it is not JSON */
    public static JsonNode parse(String text) {
        return MAPPER.readTree(text);
    }

    public static byte[] bytes(JsonNode value) {
        return MAPPER.writeValueAsBytes(value);
    }

    public static String pretty(JsonNode value) {
        return PRETTY.writeValueAsString(value);
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static tools.jackson.databind.node.ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** The text of a field, or an empty text. */
    public static String text(JsonNode value, String field) {
        JsonNode found = value.get(field);
        if (found == null || found.isNull()) {
            return "";
        }
        return found.isValueNode() ? found.asString() : found.toString();
    }

    public static @Nullable String textOrNull(JsonNode value, String field) {
        JsonNode found = value.get(field);
        return found == null || found.isNull() ? null : found.asString();
    }

    /** The elements of a list field; none when there is no such field. */
    public static List<JsonNode> list(JsonNode value, String field) {
        List<JsonNode> elements = new ArrayList<>();
        JsonNode found = value.get(field);
        if (found != null && found.isArray()) {
            found.forEach(elements::add);
        }
        return elements;
    }

    public static @Nullable Instant instant(JsonNode value, String field) {
        String text = textOrNull(value, field);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
