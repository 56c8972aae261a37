package dev.cytoplane.cli.resource;

import dev.cytoplane.cli.api.Json;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** A column of a list: its heading, and the field it shows ({@code a.b} for a field of a field). */
record Column(String heading, String field) {

    private static final int SHORT_COMMIT = 12;

    /** Names that are shown as a time ago. */
    private boolean isTime() {
        return field.endsWith("At") || field.equals("time");
    }

    String text(JsonNode row, Instant now) {
        JsonNode value = row;
        for (String part : field.split("\\.")) {
            value = value.path(part);
        }
        if (value.isMissingNode() || value.isNull()) {
            return "-";
        }
        if (isTime()) {
            Instant time = Json.instant(Json.object().set("time", value), "time");
            if (time == null) {
                return value.asString();
            }
            return field.startsWith("next") ? Ago.ahead(time, now) : Ago.of(time, now);
        }
        if (value.isArray()) {
            String joined = StreamSupport.stream(value.spliterator(), false)
                    .map(each -> each.isValueNode() ? each.asString() : Json.text(each, "name"))
                    .collect(Collectors.joining(", "));
            return joined.isEmpty() ? "-" : joined;
        }
        String text = value.isValueNode() ? value.asString() : value.toString();
        if (field.endsWith("Bytes") && value.isNumber()) {
            return value.asLong() / 1_000_000 + " MB";
        }
        if (field.equals("commit") && text.length() > SHORT_COMMIT) {
            return text.substring(0, SHORT_COMMIT);
        }
        return text.isEmpty() ? "-" : text;
    }
}
