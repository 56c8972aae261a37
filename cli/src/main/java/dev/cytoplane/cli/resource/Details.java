package dev.cytoplane.cli.resource;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.output.Output;
import dev.cytoplane.cli.output.Style;
import tools.jackson.databind.JsonNode;

/** One thing, field by field. */
public final class Details {

    private Details() {}

    public static void print(Session session, JsonNode value) {
        if (session.json()) {
            session.output().result(Json.pretty(value));
        } else {
            object(session.output(), value, "");
        }
    }

    private static void object(Output output, JsonNode value, String indent) {
        int width =
                value.propertyNames().stream().mapToInt(String::length).max().orElse(0);
        value.properties().forEach(field -> {
            String name = output.style(Style.DIM, field.getKey() + ":");
            JsonNode content = field.getValue();
            if (content.isNull() || content.isEmpty() && content.isContainer()) {
                return;
            }
            if (content.isValueNode()) {
                output.result(indent + name + " ".repeat(width - field.getKey().length() + 1) + content.asString());
            } else if (content.isObject()) {
                output.result(indent + name);
                object(output, content, indent + "  ");
            } else {
                output.result(indent + name);
                content.forEach(each -> {
                    if (each.isValueNode()) {
                        output.result(indent + "  - " + each.asString());
                    } else {
                        output.result(indent + "  -");
                        object(output, each, indent + "    ");
                    }
                });
            }
        });
    }
}
