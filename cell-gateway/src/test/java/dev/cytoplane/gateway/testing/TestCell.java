package dev.cytoplane.gateway.testing;

import dev.cytoplane.contracts.descriptor.Descriptor;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.CellGateway;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.External;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.OtherCell;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.OutboundRoute;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.OutboundTarget;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.PublicRoute;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.TokenIssuer;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.Upstream;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.WestboundRoute;
import dev.cytoplane.gateway.testing.TestAuthority.Credential;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A cell's part of a configuration, to be filled by a test. */
public final class TestCell {
    private final String name;
    private int westboundPort = FreePorts.next();
    private int outboundPort = FreePorts.next();
    private @Nullable String claimed;
    private final List<PublicRoute> publicRoutes = new ArrayList<>();
    private final List<WestboundRoute> westboundRoutes = new ArrayList<>();
    private final List<OutboundRoute> outboundRoutes = new ArrayList<>();
    private Credential credential;
    private @Nullable TokenIssuer issuer;

    public TestCell(TestAuthority authority, String name) {
        this.name = name;
        this.credential = authority.issue(identity(name), host(name));
    }

    public static String identity(String name) {
        return "spiffe://cytoplane.local/acme/development/" + name;
    }

    public static String host(String name) {
        return name + ".development.acme.localhost";
    }

    public String identity() {
        return identity(name);
    }

    public String host() {
        return claimed == null ? host(name) : claimed;
    }

    /** Claims what another cell has. */
    public TestCell at(TestCell other) {
        westboundPort = other.westboundPort;
        outboundPort = other.outboundPort;
        claimed = other.host();
        return this;
    }

    public String name() {
        return name;
    }

    public int westboundPort() {
        return westboundPort;
    }

    public int outboundPort() {
        return outboundPort;
    }

    public Credential credential() {
        return credential;
    }

    public TestCell renewedBy(TestAuthority authority) {
        credential = authority.issue(identity(), host());
        return this;
    }

    public TestCell issuer(TokenIssuer tokenIssuer) {
        issuer = tokenIssuer;
        return this;
    }

    public TestCell publishes(String path, String... targets) {
        return publishes(path, null, targets);
    }

    public TestCell publishes(String path, Descriptor.@Nullable Security security, String... targets) {
        publicRoutes.add(new PublicRoute("api", "http", "r-1", path, security, upstream(targets)));
        return this;
    }

    public TestCell publishesNothing() {
        publicRoutes.clear();
        return this;
    }

    public TestCell offers(String path, List<String> callers, String... targets) {
        westboundRoutes.add(new WestboundRoute("api", "http", "r-1", path, callers, upstream(targets)));
        return this;
    }

    public TestCell callsInside(String key, String... targets) {
        outboundRoutes.add(new OutboundRoute(key, "web", "inside", new OutboundTarget(upstream(targets), null, null)));
        return this;
    }

    public TestCell calls(String key, TestCell other, String path) {
        return calls(key, "127.0.0.1:" + other.westboundPort, other.identity(), other.host(), path);
    }

    public TestCell calls(String key, @Nullable String address, String identity, String serverName, String path) {
        outboundRoutes.add(new OutboundRoute(
                key,
                "web",
                "other",
                new OutboundTarget(null, new OtherCell("other", address, identity, serverName, path), null)));
        return this;
    }

    public TestCell callsExternal(String key, String url) {
        outboundRoutes.add(
                new OutboundRoute(key, "web", "external", new OutboundTarget(null, null, new External(url))));
        return this;
    }

    private static Upstream upstream(String... targets) {
        return new Upstream("/", List.of(targets));
    }

    CellGateway configuration() {
        return new CellGateway(
                name,
                1,
                identity(),
                host(),
                name + ".pem",
                name + ".key",
                westboundPort,
                outboundPort,
                issuer,
                List.copyOf(publicRoutes),
                List.copyOf(westboundRoutes),
                List.copyOf(outboundRoutes));
    }
}
