package dev.cytoplane.gateway.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cytoplane.contracts.gateway.GatewayConfiguration;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.CellGateway;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.Entry;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.External;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.OutboundRoute;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.OutboundTarget;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.PublicRoute;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.TokenIssuer;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.Upstream;
import dev.cytoplane.gateway.route.BadTarget;
import dev.cytoplane.gateway.route.RequestTarget;
import dev.cytoplane.gateway.testing.TestAuthority;
import dev.cytoplane.gateway.testing.TestCell;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SnapshotCompilerTest {
    private static final Upstream UPSTREAM = new Upstream("/", List.of("127.0.0.1:9"));

    private final TestAuthority authority = new TestAuthority();
    private final TestAuthority.Credential credential =
            authority.issue(TestCell.identity("shop"), TestCell.host("shop"));
    private final Map<String, String> files = Map.of(
            "trust.pem", authority.rootPem(), "c.pem", credential.certificatePem(), "c.key", credential.keyPem());

    private static PublicRoute route(String path) {
        return new PublicRoute("api", "http", "r-1", path, null, UPSTREAM);
    }

    private static CellGateway cell(List<PublicRoute> routes, List<OutboundRoute> outbound) {
        return cell(null, routes, outbound);
    }

    private static CellGateway cell(
            @Nullable TokenIssuer issuer, List<PublicRoute> routes, List<OutboundRoute> outbound) {
        return new CellGateway(
                "shop",
                1,
                TestCell.identity("shop"),
                TestCell.host("shop"),
                "c.pem",
                "c.key",
                2,
                3,
                issuer,
                routes,
                List.of(),
                outbound);
    }

    private Snapshot compile(CellGateway... cells) throws InvalidConfiguration {
        return SnapshotCompiler.compile(
                new GatewayConfiguration(7, new Entry("127.0.0.1", 1, null), "trust.pem", null, List.of(cells)), files);
    }

    private void refuses(String reason, CellGateway... cells) {
        assertThatThrownBy(() -> compile(cells))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining(reason);
    }

    @Test
    void tenThousandRoutesAreFoundEachByItsOwnPath() throws InvalidConfiguration, BadTarget {
        List<PublicRoute> routes = IntStream.range(0, 10_000)
                .mapToObj(i -> route("/team-%d/service-%d/v1".formatted(i % 100, i)))
                .toList();

        Snapshot snapshot = compile(cell(routes, List.of()));

        CellRoutes shop = Objects.requireNonNull(snapshot.hosts().get(TestCell.host("shop")));
        for (int i = 0; i < 10_000; i++) {
            String path = "/team-%d/service-%d/v1".formatted(i % 100, i);
            Snapshot.Match match =
                    Objects.requireNonNull(snapshot.publicRoute(shop, RequestTarget.parse(path + "/orders")));
            assertThat(match.route().template()).isEqualTo(path);
            assertThat(match.depth()).isEqualTo(3);
        }
        assertThat(snapshot.publicRoute(shop, RequestTarget.parse("/team-1/service-2/v1")))
                .isNull();
        assertThat(snapshot.publicRoute(shop, RequestTarget.parse("/team-1"))).isNull();
    }

    @Test
    void whatContradictsItselfIsRefusedWithTheReason() {
        refuses("two public routes have the path /a", cell(List.of(route("/a"), route("/a/")), List.of()));
        refuses("dot segment", cell(List.of(route("/a/../b")), List.of()));
        refuses("cell shop is there twice", cell(List.of(), List.of()), cell(List.of(), List.of()));
        OutboundRoute external =
                new OutboundRoute("k", "web", "c", new OutboundTarget(null, null, new External("ftp://x")));
        refuses("is not http(s)://host", cell(List.of(), List.of(external)));
        OutboundRoute none = new OutboundRoute("k", "web", "c", new OutboundTarget(null, null, null));
        refuses("not exactly one target", cell(List.of(), List.of(none)));
        OutboundRoute inside = new OutboundRoute("k", "web", "c", new OutboundTarget(UPSTREAM, null, null));
        refuses("the key of another", cell(List.of(), List.of(inside, inside)));
        PublicRoute strange = new PublicRoute("a", "b", "c", "/", null, new Upstream("/", List.of("no-port")));
        refuses("no-port is not host:port", cell(List.of(strange), List.of()));
    }

    @Test
    void anIssuerWhoseKeysCannotBeFetchedSafelyIsRefused() {
        String address = "https://issuer.test/keys";
        refuses("cell shop: tokenIssuer.certificateAuthority:", signingIn(address, "no certificate"));
        refuses("cell shop: tokenIssuer.certificateAuthority:", signingIn(address, ""));
        refuses("cell shop: tokenIssuer.jwksUri: ftp://x is not http(s)", signingIn("ftp://x", null));
    }

    private static CellGateway signingIn(String jwksUri, @Nullable String certificateAuthority) {
        TokenIssuer issuer = new TokenIssuer("https://issuer.test", jwksUri, List.of("cells"), certificateAuthority);
        return cell(issuer, List.of(), List.of());
    }

    @Test
    void aFileThatIsMissingIsNamed() {
        assertThatThrownBy(() -> SnapshotCompiler.compile(
                        new GatewayConfiguration(
                                1,
                                new Entry("127.0.0.1", 1, null),
                                "trust.pem",
                                null,
                                List.of(cell(List.of(), List.of()))),
                        Map.of()))
                .hasMessageContaining("the file c.pem is missing");
    }
}
