package dev.cytoplane.dataplane.kubernetes.testing;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.Visibility;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import dev.cytoplane.dataplane.testing.TestCells;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cells of {@link CallingService}s. */
public final class ExampleCells {

    private ExampleCells() {}

    /** Its host is the gateway's name in the cluster, so that pods can call it by that. */
    public static Cell cell(String project, Cell.Component... components) {
        Cell cell = TestCells.cell(project, 1, components);
        return new Cell(
                cell.apiVersion(),
                cell.kind(),
                cell.metadata(),
                new Cell.Spec(cell.spec().identity(), host(name(project)), null, List.of(components)));
    }

    /** A cell with one component {@code web}, at a version. */
    public static Cell release(String project, long version, Cell.Artifact artifact) {
        return version(
                cell(
                        project,
                        component("web", artifact)
                                .release("r-00000000000" + version, artifact.digest())
                                .build()),
                version);
    }

    /** The same cell at another version. */
    public static Cell version(Cell cell, long version) {
        Cell.Metadata names = cell.metadata();
        return new Cell(
                cell.apiVersion(),
                cell.kind(),
                new Cell.Metadata(
                        names.name(),
                        names.organization(),
                        names.environment(),
                        names.project(),
                        version,
                        names.contentHash()),
                cell.spec());
    }

    /** The same cell, which somebody else is to bring. */
    public static Cell deliveredByGit(Cell cell) {
        Cell.Metadata names = cell.metadata();
        return new Cell(
                cell.apiVersion(),
                cell.kind(),
                new Cell.Metadata(
                        names.name(),
                        names.organization(),
                        names.environment(),
                        names.project(),
                        names.version(),
                        names.contentHash(),
                        Cell.Delivery.GIT),
                cell.spec());
    }

    public static String name(String project) {
        return project + ".production.acme";
    }

    public static String host(String cell) {
        return "cell-gateway." + Names.namespace(cell) + ".svc.cluster.local";
    }

    public static TestCells.ComponentBuilder component(String name, Cell.Artifact artifact) {
        return TestCells.service(name)
                .release("r-000000000001", artifact.digest())
                .memoryBytes(128L << 20)
                .command(
                        "java",
                        "-Xmx32m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        "/app",
                        CallingService.class.getName());
    }

    /** A cell whose component {@code api} these projects' cells may call, as {@link #toApiOf} does. */
    public static Cell calledAt(String path, String project, Cell.Artifact artifact, String... callers) {
        Cell.Caller[] declared = Arrays.stream(callers)
                .map(caller -> new Cell.Caller(name(caller), identity(caller)))
                .toArray(Cell.Caller[]::new);
        return cell(
                project,
                component("api", artifact)
                        .endpoints(TestCells.endpoint("http", Visibility.ORGANIZATION, path, declared))
                        .build());
    }

    private static String identity(String project) {
        return "spiffe://test.local/acme/production/" + project;
    }

    /** To the component {@code api} of another cell of the same cluster. */
    public static Cell.Connection toApiOf(String project) {
        return toApiOf(project, null);
    }

    /** @param address host:port of the other cell's westbound listener, when it is elsewhere */
    public static Cell.Connection toApiOf(String project, @Nullable String address) {
        return new Cell.Connection(
                "other",
                "OTHER_URL",
                null,
                new Cell.OtherCell(name(project), identity(project), "api", "http", "/api", address),
                null);
    }
}
