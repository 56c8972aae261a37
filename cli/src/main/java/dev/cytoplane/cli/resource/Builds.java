package dev.cytoplane.cli.resource;

import dev.cytoplane.cli.Session;
import tools.jackson.databind.JsonNode;

/** The list of builds, for {@code cyto build list}: the same as {@code cyto list builds}. */
public final class Builds {

    private Builds() {}

    public static void print(Session session, JsonNode list) {
        Noun builds = Noun.ALL.stream()
                .filter(noun -> noun.name().equals("build"))
                .findFirst()
                .orElseThrow();
        ListCommand.print(session, builds, list);
    }
}
