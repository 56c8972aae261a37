package dev.cytoplane.launcher.command;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.launcher.platform.Platform;
import dev.cytoplane.launcher.supervisor.LeftOver;
import dev.cytoplane.launcher.supervisor.ServicePhase;
import dev.cytoplane.launcher.supervisor.SupervisorProcess;
import dev.cytoplane.launcher.supervisor.SupervisorState;
import dev.cytoplane.launcher.supervisor.SupervisorState.ServiceState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The state of a home's platform as one document: {@code services}, {@code dataPlanes}, {@code cells}, {@code endpoints}. */
final class Picture {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Set<String> NEEDED = Set.of("postgres", "keycloak", "control-plane");
    /** One that a killed supervisor left may answer. */
    private static final Set<String> ANSWERING = Set.of("RUNNING", "UNSUPERVISED");

    private static final String NOT_SHOWN = ": data planes, cells and endpoints are not shown.";

    private final Session session;
    private final ObjectNode document = Json.object();

    Picture(Session session) {
        this.session = session;
    }

    /** @param whole with what the control plane says there is; else only the services */
    JsonNode take(boolean whole) {
        for (String part : List.of("services", "dataPlanes", "cells", "endpoints")) {
            document.putArray(part);
        }
        Optional<Platform> platform = Platform.read(session.home());
        Optional<SupervisorState> supervisor = new SupervisorProcess(session.home()).running();
        supervisor.ifPresentOrElse(this::services, this::leftOver);
        if (platform.isPresent()
                && (supervisor.isPresent() || !document.path("services").isEmpty())) {
            add("services", service(Gateway.state(session.home(), platform.get())));
            if (whole) {
                inventory(platform.get());
            }
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
        LeftOver.seen(session.home())
                .forEach(process -> add(
                        "services",
                        Json.object()
                                .put("name", process.id())
                                .put("status", "UNSUPERVISED")
                                .put("pid", process.pid())
                                .put("since", process.startedAt().toString())
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

    /** Not asked for when it cannot be told, and not waited for long: this command is for when something is wrong. */
    private void inventory(Platform platform) {
        List<String> away = Json.list(document, "services").stream()
                .filter(service -> NEEDED.contains(Json.text(service, "name")))
                .filter(service -> !ANSWERING.contains(Json.text(service, "status")))
                .map(service -> Json.text(service, "name"))
                .toList();
        if (!away.isEmpty()) {
            document.put("message", String.join(" and ", away) + " cannot be asked now" + NOT_SHOWN);
            return;
        }
        CompletableFuture<ObjectNode> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                answer.complete(new Inventory(session, platform).take());
            } catch (Exception e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            document.setAll(answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            document.put(
                    "message", "The control plane did not answer within " + PATIENCE.toSeconds() + " s" + NOT_SHOWN);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() instanceof ExecutionException inner ? inner.getCause() : e.getCause();
            document.put("message", cause == null ? NOT_SHOWN : cause.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void add(String part, JsonNode element) {
        document.withArray("/" + part).add(element);
    }
}
