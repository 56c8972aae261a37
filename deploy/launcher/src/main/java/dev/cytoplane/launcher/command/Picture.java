package dev.cytoplane.launcher.command;

import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Api;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.launcher.platform.Credentials;
import dev.cytoplane.launcher.platform.Platform;
import dev.cytoplane.launcher.registration.LauncherSignIn;
import dev.cytoplane.launcher.registration.LocalContext;
import dev.cytoplane.launcher.supervisor.LeftOver;
import dev.cytoplane.launcher.supervisor.ServicePhase;
import dev.cytoplane.launcher.supervisor.SupervisorProcess;
import dev.cytoplane.launcher.supervisor.SupervisorState;
import dev.cytoplane.launcher.supervisor.SupervisorState.ServiceState;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The state of a home's platform as one document: {@code services}, {@code dataPlanes}, {@code cells}, {@code endpoints}. */
final class Picture {

    private final Session session;
    private final ObjectNode document = Json.object();

    Picture(Session session) {
        this.session = session;
    }

    JsonNode take() {
        for (String part : List.of("services", "dataPlanes", "cells", "endpoints")) {
            document.putArray(part);
        }
        Optional<Platform> platform = Platform.read(session.home());
        Optional<SupervisorState> supervisor = new SupervisorProcess(session.home()).running();
        supervisor.ifPresentOrElse(this::services, this::leftOver);
        if (platform.isPresent()
                && (supervisor.isPresent() || !document.path("services").isEmpty())) {
            add("services", service(Gateway.state(session.home(), platform.get())));
            cells(platform.get());
        }
        return document;
    }

    private void services(SupervisorState supervisor) {
        add(
                "services",
                Json.object()
                        .put("name", "supervisor")
                        .put(
                                "status",
                                supervisor.phase() == SupervisorState.Phase.READY
                                        ? "RUNNING"
                                        : supervisor.phase().name())
                        .put("pid", supervisor.pid())
                        .put("since", supervisor.processStart().toString()));
        supervisor.services().forEach(service -> add("services", service(service)));
    }

    /** The supervisor was killed; what it started may go on. */
    private void leftOver() {
        if (!Files.isDirectory(session.home().file("run"))) {
            return;
        }
        LeftOver.names(session.home())
                .forEach(name -> add(
                        "services",
                        Json.object()
                                .put("name", name)
                                .put("status", "UNSUPERVISED")
                                .put("message", "its supervisor has ended; cyto up takes it over, cyto down ends it")));
    }

    private static ObjectNode service(ServiceState service) {
        ObjectNode node = Json.object()
                .put("name", service.name())
                .put(
                        "status",
                        service.phase() == ServicePhase.READY
                                ? "RUNNING"
                                : service.phase().name())
                .put("pid", service.pid())
                .put("port", service.port())
                .put("restarts", service.restarts())
                .put("since", service.since().toString());
        if (!service.message().isEmpty()) {
            node.put("message", service.message());
        }
        return node;
    }

    private void cells(Platform platform) {
        Credentials credentials = new Credentials(session.home(), new SecureRandom());
        Api launcher = new LauncherSignIn(platform, credentials, session.http()).asLauncher();
        try {
            Json.list(launcher.list("/data-planes", 1000), "items").forEach(each -> add("dataPlanes", each));
            Map<String, Api> organizations = new LinkedHashMap<>();
            for (Api api : viewers(platform, launcher)) {
                Json.list(api.list("/organizations", 1000), "items")
                        .forEach(each -> organizations.putIfAbsent(Json.text(each, "name"), api));
            }
            organizations.forEach(this::cells);
        } catch (Failure e) {
            document.put("message", e.getMessage());
        }
    }

    /** The launcher sees what it made, the person what they made. */
    private List<Api> viewers(Platform platform, Api launcher) {
        List<Api> viewers = new ArrayList<>(List.of(launcher));
        session.contexts()
                .find(LocalContext.NAME)
                .filter(context ->
                        session.contexts().credential(LocalContext.NAME).isPresent())
                .ifPresent(
                        context -> viewers.add(new Api(platform.apiUrl(), session.tokensOf(context), session.http())));
        return viewers;
    }

    private void cells(String organization, Api api) {
        String path = Api.path("organizations", organization);
        for (JsonNode project : Json.list(api.list(path + "/projects", 1000), "items")) {
            String cells = path + Api.path("projects", Json.text(project, "name"), "cells");
            Json.list(api.list(cells, 1000), "items").forEach(cell -> add("cells", slim(cell)));
        }
        Json.list(api.list(path + "/endpoints", 1000), "items").forEach(endpoint -> add("endpoints", endpoint));
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

    private void add(String part, JsonNode element) {
        document.withArray("/" + part).add(element);
    }
}
