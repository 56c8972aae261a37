package dev.cytoplane.controlplane.deployment;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.descriptor.Descriptor;
import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.api.Client;
import dev.cytoplane.controlplane.release.Release;
import dev.cytoplane.controlplane.release.ReleaseInput;
import dev.cytoplane.controlplane.release.Releases;
import dev.cytoplane.controlplane.tenancy.Tenancy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** An organization of its own for a test, with its three environments on one data plane. */
public final class Shop {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Client owner;
    private final String organization;
    private final Releases releases;
    private final Tenancy tenancy;

    public Shop(Client owner, String dataPlane, Releases releases, Tenancy tenancy) {
        this.owner = owner;
        this.organization = "shop" + COUNT.incrementAndGet() + "-"
                + UUID.randomUUID().toString().substring(0, 8);
        this.releases = releases;
        this.tenancy = tenancy;
        require(owner.post("/api/v1/organizations", "{\"name\": \"%s\"}".formatted(organization)));
        List<String> stages = List.of("dev", "test", "prod");
        for (String stage : stages) {
            require(owner.post(
                    path("/environments"), "{\"name\": \"%s\", \"dataPlane\": \"%s\"}".formatted(stage, dataPlane)));
        }
        require(owner.post(path("/pipelines"), "{\"name\": \"short\", \"stages\": [\"dev\", \"test\", \"prod\"]}"));
    }

    public String organization() {
        return organization;
    }

    public String path(String rest) {
        return "/api/v1/organizations/" + organization + rest;
    }

    /** A component, in a project that is made when it is not there. */
    public ComponentScope component(String project, String component) {
        if (owner.get(path("/projects/" + project)).status() == 404) {
            require(owner.post(path("/projects"), "{\"name\": \"%s\", \"pipeline\": \"short\"}".formatted(project)));
        }
        Client.Answer created = require(owner.post(
                path("/projects/" + project + "/components"),
                "{\"name\": \"%s\", \"type\": \"service\"}".formatted(component)));
        UUID organizationId = id(owner.get(path("")));
        UUID projectId = id(owner.get(path("/projects/" + project)));
        return new ComponentScope(organizationId, organization, projectId, project, id(created), component);
    }

    public String path(ComponentScope component, String rest) {
        return path("/projects/" + component.project() + "/components/" + component.component() + rest);
    }

    /** A release whose content is told apart by a mark. */
    public Release release(ComponentScope component, String mark, UnaryOperator<Descriptor> change) {
        return release(component, mark, "sha256:" + "0".repeat(64 - mark.length()) + hex(mark), change);
    }

    /** A release of an artifact that is stored. */
    public Release release(ComponentScope component, String mark, String digest) {
        return release(component, mark, digest, it -> it);
    }

    private Release release(ComponentScope component, String mark, String digest, UnaryOperator<Descriptor> change) {
        Descriptor plain = new Descriptor(
                Descriptor.API_VERSION,
                Descriptor.KIND,
                null,
                null,
                new Descriptor.Run(List.of("run", mark), null, null),
                null,
                null,
                null,
                null,
                null,
                null);
        ReleaseInput input = new ReleaseInput(
                component.organizationId(),
                component.componentId(),
                "c0ffee",
                "node",
                new Cell.Artifact(digest, Cell.Artifact.Kind.BUNDLE, 10),
                change.apply(plain),
                Map.of(),
                "key-" + mark);
        return Objects.requireNonNull(tenancy.in(component.organizationId(), () -> releases.register(input)));
    }

    private static String hex(String mark) {
        StringBuilder hex = new StringBuilder();
        mark.chars().forEach(c -> hex.append("%x".formatted(c % 16)));
        return hex.toString();
    }

    /** What a data plane says that runs all of a cell. */
    public static CellStatus ready(Cell cell) {
        return status(cell, CellStatus.Phase.READY, "It is ready.");
    }

    public static CellStatus status(Cell cell, CellStatus.Phase phase, String message) {
        return new CellStatus(
                cell.metadata().name(),
                cell.metadata().version(),
                List.of(),
                cell.spec().components().stream()
                        .map(component -> new CellStatus.Component(
                                component.name(),
                                phase == CellStatus.Phase.READY ? component.release() : null,
                                component.release(),
                                phase,
                                message,
                                component.replicas(),
                                phase == CellStatus.Phase.READY ? component.replicas() : 0,
                                List.of(new CellStatus.Instance(
                                        component.name() + "-1",
                                        component.release(),
                                        CellStatus.InstancePhase.READY,
                                        4711L,
                                        Instant.EPOCH,
                                        0,
                                        null,
                                        1L << 20,
                                        5)),
                                component.endpoints().stream()
                                        .map(endpoint -> new CellStatus.Endpoint(
                                                endpoint.name(),
                                                endpoint.visibility(),
                                                List.of("http://" + cell.spec().host() + ":8080" + endpoint.path()),
                                                phase == CellStatus.Phase.READY))
                                        .toList(),
                                null,
                                null))
                        .toList(),
                "127.0.0.1:9443");
    }

    private static Client.Answer require(Client.Answer answer) {
        if (answer.status() / 100 != 2) {
            throw new IllegalStateException(answer.toString());
        }
        return answer;
    }

    private static UUID id(Client.Answer answer) {
        return UUID.fromString(require(answer).text("/id"));
    }
}
