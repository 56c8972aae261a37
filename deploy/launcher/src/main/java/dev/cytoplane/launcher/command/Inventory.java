package dev.cytoplane.launcher.command;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Api;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.launcher.platform.Credentials;
import dev.cytoplane.launcher.platform.Platform;
import dev.cytoplane.launcher.registration.LauncherSignIn;
import dev.cytoplane.launcher.registration.LocalContext;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the control plane says there is: {@code dataPlanes}, {@code cells} and {@code endpoints}. */
final class Inventory {

    private static final int AT_ONCE = 8;
    private static final int LIMIT = 1000;

    private final Session session;
    private final Platform platform;
    private final ObjectNode found = Json.object();

    Inventory(Session session, Platform platform) {
        this.session = session;
        this.platform = platform;
    }

    /** @throws dev.cytoplane.cli.Failure when it does not answer, or refuses */
    ObjectNode take() throws Exception {
        for (String part : List.of("dataPlanes", "cells", "endpoints")) {
            found.putArray(part);
        }
        Credentials credentials = new Credentials(session.home(), new SecureRandom());
        Api launcher = new LauncherSignIn(platform, credentials, session.http()).asLauncher();
        addAll("dataPlanes", launcher, "/data-planes");
        Map<String, Api> organizations = new LinkedHashMap<>();
        for (Api api : viewers(launcher)) {
            items(api, "/organizations").forEach(each -> organizations.putIfAbsent(Json.text(each, "name"), api));
        }
        // A cell is asked for by its project, of which there may be hundreds.
        try (ExecutorService asking =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            for (Map.Entry<String, Api> organization : organizations.entrySet()) {
                look(organization.getKey(), organization.getValue(), asking);
            }
        }
        return found;
    }

    /** The launcher sees what it made, the person what they made. */
    private List<Api> viewers(Api launcher) {
        List<Api> viewers = new ArrayList<>(List.of(launcher));
        session.contexts()
                .find(LocalContext.NAME)
                .filter(context ->
                        session.contexts().credential(LocalContext.NAME).isPresent())
                .ifPresent(
                        context -> viewers.add(new Api(platform.apiUrl(), session.tokensOf(context), session.http())));
        return viewers;
    }

    private void look(String organization, Api api, ExecutorService asking) throws Exception {
        String path = Api.path("organizations", organization);
        List<Future<List<JsonNode>>> cells = items(api, path + "/projects").stream()
                .map(project -> path + Api.path("projects", Json.text(project, "name"), "cells"))
                .map(project -> asking.submit(() -> items(api, project)))
                .toList();
        for (Future<List<JsonNode>> each : cells) {
            each.get().forEach(cell -> found.withArray("/cells").add(slim(cell)));
        }
        addAll("endpoints", api, path + "/endpoints");
    }

    private void addAll(String part, Api api, String path) {
        items(api, path).forEach(found.withArray("/" + part)::add);
    }

    private static List<JsonNode> items(Api api, String path) {
        return Json.list(api.list(path, LIMIT), "items");
    }

    /** Without the whole document of the cell. */
    private static JsonNode slim(JsonNode cell) {
        ObjectNode slim = Json.object();
        cell.properties().forEach(field -> {
            if (!field.getKey().equals("document")) {
                slim.set(field.getKey(), field.getValue());
            }
        });
        return slim;
    }
}
