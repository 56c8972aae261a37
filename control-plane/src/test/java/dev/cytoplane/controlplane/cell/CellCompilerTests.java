package dev.cytoplane.controlplane.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.ComponentType;
import dev.cytoplane.contracts.descriptor.Descriptor;
import dev.cytoplane.contracts.descriptor.Protocol;
import dev.cytoplane.contracts.descriptor.Visibility;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.controlplane.cell.CellInput.DeclaredCaller;
import dev.cytoplane.controlplane.cell.CellInput.DeployedComponent;
import dev.cytoplane.controlplane.cell.CellInput.KnownTarget;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CellCompilerTests {

    private static final CellPlace PLACE = new CellPlace(
            "cytoplane.local",
            "localhost",
            "acme",
            "development",
            "storefront",
            new Cell.TokenIssuer("http://issuer", "http://issuer/certs", List.of("cytoplane-cells"), null));

    @Test
    void namesTheCellByProjectEnvironmentAndOrganization() {
        Cell.Spec spec = CellCompiler.compile(input(api()));

        assertThat(PLACE.name()).isEqualTo("storefront.development.acme");
        assertThat(spec.host()).isEqualTo("storefront.development.acme.localhost");
        assertThat(spec.identity()).isEqualTo("spiffe://cytoplane.local/acme/development/storefront");
    }

    @Test
    void givesTheSameBytesWhateverTheOrder() {
        List<DeployedComponent> components = new ArrayList<>(List.of(api(), web(), worker()));
        List<DeclaredCaller> callers = new ArrayList<>(List.of(
                new DeclaredCaller("orders", "api", "http"),
                new DeclaredCaller("billing", "api", "http"),
                new DeclaredCaller("orders", "api", "http")));
        List<KnownTarget> targets =
                new ArrayList<>(List.of(target("orders", "/orders"), target("billing", "/billing")));
        byte[] first = ContractJson.canonical(CellCompiler.compile(new CellInput(PLACE, components, callers, targets)));

        Collections.reverse(components);
        Collections.reverse(callers);
        Collections.reverse(targets);

        assertThat(ContractJson.canonical(CellCompiler.compile(new CellInput(PLACE, components, callers, targets))))
                .isEqualTo(first);
    }

    static Stream<Arguments> changes() {
        DeployedComponent api = api();
        return Stream.of(
                Arguments.of("another release", input(with(api, "r-000000000002", Map.of(), List.of())), true),
                Arguments.of("a setting", input(with(api, api.release(), Map.of("LEVEL", "debug"), List.of())), true),
                Arguments.of(
                        "a secret",
                        input(with(api, api.release(), Map.of(), List.of(new Cell.SealedSecret("KEY", 1, "AA==")))),
                        true),
                Arguments.of("a caller", callers(new DeclaredCaller("orders", "api", "http")), true),
                Arguments.of("one more component", input(api, worker()), true),
                Arguments.of("nothing", input(api()), false),
                Arguments.of(
                        "a caller of what is not there", callers(new DeclaredCaller("orders", "x", "http")), false),
                Arguments.of("a target nobody calls", targets(target("unused", "/unused")), false));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("changes")
    void changesItsContentExactlyWhenWhatItRunsOffersOrNeedsChanges(String what, CellInput changed, boolean expected) {
        String before = ContractJson.contentHash(CellCompiler.compile(input(api())));
        String after = ContractJson.contentHash(CellCompiler.compile(changed));

        assertThat(!after.equals(before)).as(what).isEqualTo(expected);
    }

    @Test
    void admitsOnlyCellsThatDeclaredTheConnectionAndOnlyWhereTheEndpointIsOffered() {
        DeployedComponent component = component(
                "api",
                ComponentType.SERVICE,
                descriptor(
                        List.of(
                                endpoint("open", Visibility.ORGANIZATION, null),
                                endpoint("inner", Visibility.PROJECT, null)),
                        null));

        List<Cell.Endpoint> endpoints = CellCompiler.compile(new CellInput(
                        PLACE,
                        List.of(component),
                        List.of(
                                new DeclaredCaller("orders", "api", "open"),
                                new DeclaredCaller("orders", "api", "inner")),
                        List.of()))
                .components()
                .getFirst()
                .endpoints();

        assertThat(endpoints.get(0).callers())
                .containsExactly(
                        new Cell.Caller("orders.development.acme", "spiffe://cytoplane.local/acme/development/orders"));
        assertThat(endpoints.get(1).callers()).isEmpty();
    }

    @Test
    void keepsAConnectionToACellThatIsNotThereYet() {
        Cell.Connection pending = connections(List.of()).get(0);

        assertThat(pending.otherCell())
                .isEqualTo(new Cell.OtherCell(
                        "orders.development.acme",
                        "spiffe://cytoplane.local/acme/development/orders",
                        "api",
                        "http",
                        "/api",
                        null));
    }

    @Test
    void followsThePathOfACellItCalls() {
        Cell.OtherCell called =
                connections(List.of(target("orders", "/v2"))).get(0).otherCell();

        assertThat(called).extracting(Cell.OtherCell::path).isEqualTo("/v2");
    }

    @Test
    void tellsConnectionsInsideTheCellAndThirdPartiesApart() {
        List<Cell.Connection> connections = connections(List.of());

        assertThat(connections)
                .extracting(Cell.Connection::name)
                .containsExactly("orders", "own", "own-by-name", "pay");
        assertThat(connections.get(1).sameCell()).isEqualTo(new Cell.SameCell("web", "http"));
        assertThat(connections.get(2).sameCell()).isEqualTo(new Cell.SameCell("web", "http"));
        assertThat(connections.get(3).external()).isEqualTo(new Cell.External("https://pay.example.com"));
        assertThat(connections.get(2).variable()).isEqualTo("OWN_BY_NAME_URL");
        assertThat(connections.get(3).variable()).isEqualTo("PAYMENTS");
    }

    @Test
    void publishesAServiceUnderItsNameAndAWebApplicationAtTheRoot() {
        Cell.Spec spec = CellCompiler.compile(input(api(), web(), worker()));

        assertThat(spec.components())
                .extracting(
                        Cell.Component::name,
                        c -> c.endpoints().stream().map(Cell.Endpoint::path).toList())
                .containsExactly(tuple("api", List.of("/api")), tuple("web", List.of("/")), tuple("worker", List.of()));
    }

    @Test
    void keepsTheOrderOfEndpointsAndNamesTheSecondByComponentAndEndpoint() {
        DeployedComponent component = component(
                "api",
                ComponentType.SERVICE,
                descriptor(
                        List.of(
                                endpoint("z", Visibility.PUBLIC, null),
                                endpoint("a", Visibility.PUBLIC, null),
                                endpoint("own", Visibility.PUBLIC, "own/path/")),
                        null));

        assertThat(CellCompiler.compile(input(component))
                        .components()
                        .getFirst()
                        .endpoints())
                .extracting(Cell.Endpoint::path)
                .containsExactly("/api", "/api/a", "/own/path");
    }

    @Test
    void layersTheEnvironmentAndLetsASecretHideAPlainValue() {
        Descriptor descriptor = new Descriptor(
                Descriptor.API_VERSION,
                Descriptor.KIND,
                null,
                null,
                new Descriptor.Run(List.of("node", "."), Map.of("A", "fixed", "B", "fixed"), 20),
                List.of(),
                null,
                List.of(
                        new Descriptor.Setting("B", "default", null, null, null),
                        new Descriptor.Setting("C", "default", null, null, null),
                        new Descriptor.Setting("D", "default", null, null, null)),
                null,
                new Descriptor.Scale(3, "256Mi", "500m"),
                null);
        Cell.Component component = CellCompiler.compile(input(new DeployedComponent(
                        "api",
                        ComponentType.SERVICE,
                        "r-000000000001",
                        artifact(Cell.Artifact.Kind.BUNDLE),
                        descriptor,
                        Map.of("C", "set"),
                        List.of(new Cell.SealedSecret("D", 2, "AA==")),
                        CellInput.Operation.NONE)))
                .components()
                .getFirst();

        assertThat(component.environment()).isEqualTo(Map.of("A", "fixed", "B", "default", "C", "set"));
        assertThat(component.command()).containsExactly("node", ".");
        assertThat(component.replicas()).isEqualTo(3);
        assertThat(component.memoryBytes()).isEqualTo(256L << 20);
        assertThat(component.cpuMillis()).isEqualTo(500);
        assertThat(component.gracePeriodSeconds()).isEqualTo(20);
    }

    @Test
    void howItIsOperatedCountsBeforeWhatItsDescriptorSays() {
        DeployedComponent plain = api();
        DeployedComponent operated = new DeployedComponent(
                plain.name(),
                plain.type(),
                plain.release(),
                plain.artifact(),
                plain.descriptor(),
                plain.configuration(),
                plain.secrets(),
                new CellInput.Operation(4, null, 2));

        Cell.Component before = CellCompiler.compile(input(plain)).components().getFirst();
        Cell.Component after =
                CellCompiler.compile(input(operated)).components().getFirst();

        assertThat(before.replicas()).isEqualTo(1);
        assertThat(before.restart())
                .as("a cell that nobody operates is as it ever was")
                .isNull();
        assertThat(after.replicas()).isEqualTo(4);
        assertThat(after.restart()).isEqualTo(2);
    }

    @Test
    void runsByLoadAsTheDescriptorSaysUnlessTheEnvironmentSaysOtherwise() {
        Descriptor.Scale byLoad =
                new Descriptor.Scale(null, null, "250m", new Descriptor.Autoscaling(2, 6, null, null));
        Cell.Autoscaling other = new Cell.Autoscaling(1, 3, 50, 60);

        Cell.Component declared = scaled(byLoad, CellInput.Operation.NONE);
        assertThat(declared.autoscaling()).isEqualTo(new Cell.Autoscaling(2, 6, 80, null));
        assertThat(declared.replicas()).as("the fewest").isEqualTo(2);

        assertThat(scaled(byLoad, new CellInput.Operation(null, other, 0)).autoscaling())
                .isEqualTo(other);
        assertThat(scaled(new Descriptor.Scale(4, null, null), new CellInput.Operation(null, other, 0))
                        .autoscaling())
                .as("where the descriptor has a number")
                .isEqualTo(other);

        Cell.Component fixed = scaled(byLoad, new CellInput.Operation(5, null, 0));
        assertThat(fixed.autoscaling()).as("a number switches it off").isNull();
        assertThat(fixed.replicas()).isEqualTo(5);
    }

    private static Cell.Component scaled(Descriptor.Scale scale, CellInput.Operation operation) {
        DeployedComponent plain = api();
        Descriptor descriptor = plain.descriptor();
        return CellCompiler.compile(input(new DeployedComponent(
                        plain.name(),
                        plain.type(),
                        plain.release(),
                        plain.artifact(),
                        new Descriptor(
                                descriptor.apiVersion(),
                                descriptor.kind(),
                                descriptor.type(),
                                descriptor.build(),
                                descriptor.run(),
                                descriptor.endpoints(),
                                descriptor.connections(),
                                descriptor.configuration(),
                                descriptor.probes(),
                                scale,
                                descriptor.task()),
                        plain.configuration(),
                        plain.secrets(),
                        operation)))
                .components()
                .getFirst();
    }

    @Test
    void refusesAQuantityThatIsNone() {
        assertThatThrownBy(() -> Quantity.bytes("lots")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Quantity.bytes("0")).isInstanceOf(IllegalArgumentException.class);
        assertThat(Quantity.milliCpu("1.5")).isEqualTo(1500);
    }

    private static List<Cell.Connection> connections(List<KnownTarget> targets) {
        Descriptor descriptor = descriptor(
                null,
                List.of(
                        new Descriptor.Connection("pay", null, "https://pay.example.com", "PAYMENTS"),
                        new Descriptor.Connection("own", "web/http", null, null),
                        new Descriptor.Connection("orders", "orders/api/http", null, null),
                        new Descriptor.Connection("own-by-name", "storefront/web/http", null, null)));
        return CellCompiler.compile(new CellInput(
                        PLACE, List.of(component("api", ComponentType.SERVICE, descriptor)), List.of(), targets))
                .components()
                .getFirst()
                .connections();
    }

    private static KnownTarget target(String project, String path) {
        return new KnownTarget(project, "api", "http", path, null);
    }

    private static CellInput input(DeployedComponent... components) {
        return new CellInput(PLACE, List.of(components), List.of(), List.of());
    }

    private static CellInput callers(DeclaredCaller... callers) {
        return new CellInput(PLACE, List.of(api()), List.of(callers), List.of());
    }

    private static CellInput targets(KnownTarget... targets) {
        return new CellInput(PLACE, List.of(api()), List.of(), List.of(targets));
    }

    private static DeployedComponent api() {
        return component("api", ComponentType.SERVICE, descriptor(null, null));
    }

    private static DeployedComponent web() {
        return component("web", ComponentType.WEB_APPLICATION, descriptor(null, null));
    }

    private static DeployedComponent worker() {
        return component("worker", ComponentType.WORKER, descriptor(null, null));
    }

    private static DeployedComponent component(String name, ComponentType type, Descriptor descriptor) {
        return new DeployedComponent(
                name,
                type,
                "r-000000000001",
                artifact(Cell.Artifact.Kind.BUNDLE),
                descriptor,
                Map.of(),
                List.of(),
                CellInput.Operation.NONE);
    }

    private static DeployedComponent with(
            DeployedComponent component,
            String release,
            Map<String, String> configuration,
            List<Cell.SealedSecret> secrets) {
        return new DeployedComponent(
                component.name(),
                component.type(),
                release,
                component.artifact(),
                component.descriptor(),
                configuration,
                secrets,
                component.operation());
    }

    private static Cell.Artifact artifact(Cell.Artifact.Kind kind) {
        return new Cell.Artifact("sha256:" + "0".repeat(64), kind, 10);
    }

    private static Descriptor.Endpoint endpoint(String name, Visibility visibility, @Nullable String path) {
        return new Descriptor.Endpoint(name, Protocol.HTTP, null, null, visibility, path, null, null);
    }

    private static Descriptor descriptor(
            @Nullable List<Descriptor.Endpoint> endpoints, @Nullable List<Descriptor.Connection> connections) {
        return new Descriptor(
                Descriptor.API_VERSION,
                Descriptor.KIND,
                null,
                null,
                null,
                endpoints,
                connections,
                null,
                null,
                null,
                null);
    }
}
