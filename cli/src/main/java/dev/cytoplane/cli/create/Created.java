package dev.cytoplane.cli.create;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.resource.Details;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How a new thing is told. */
final class Created {

    private Created() {}

    static void tell(Session session, String sentence, JsonNode created) {
        session.output().note(sentence);
        Details.print(session, created);
    }

    static void put(ObjectNode body, String field, @Nullable String value) {
        if (value != null) {
            body.put(field, value);
        }
    }
}
