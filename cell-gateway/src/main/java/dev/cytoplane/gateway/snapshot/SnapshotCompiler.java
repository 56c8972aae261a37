package dev.cytoplane.gateway.snapshot;

import dev.cytoplane.contracts.gateway.GatewayConfiguration;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.CellGateway;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.OutboundRoute;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.OutboundTarget;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.PublicRoute;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.TokenIssuer;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.Upstream;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.WestboundRoute;
import dev.cytoplane.gateway.identity.CellIdentity;
import dev.cytoplane.gateway.identity.IssuerTrust;
import dev.cytoplane.gateway.route.Authority;
import dev.cytoplane.gateway.route.BadTarget;
import dev.cytoplane.gateway.route.Direction;
import dev.cytoplane.gateway.route.PathIndex;
import dev.cytoplane.gateway.route.RequestTarget;
import dev.cytoplane.gateway.traffic.Slot;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From a configuration and the files it names to a snapshot: a pure function, linear in the number of routes. */
public final class SnapshotCompiler {
    private SnapshotCompiler() {}

    /** @param files the PEM files that the configuration names, by the names it uses */
    public static Snapshot compile(GatewayConfiguration configuration, Map<String, String> files)
            throws InvalidConfiguration {
        Map<String, CellRoutes> cells = new HashMap<>();
        Map<String, CellRoutes> hosts = new HashMap<>();
        Map<Integer, String> ports = new HashMap<>();
        for (CellGateway cell : present(configuration.cells(), "cells")) {
            CellRoutes compiled;
            try {
                compiled = cell(cell, present(configuration.trustBundleFile(), "trustBundleFile"), files);
            } catch (InvalidConfiguration e) {
                throw new InvalidConfiguration("cell %s: %s".formatted(cell.cell(), e.reason()), e);
            }
            if (cells.put(compiled.name(), compiled) != null) {
                throw new InvalidConfiguration("cell %s is there twice".formatted(compiled.name()));
            }
            if (hosts.put(compiled.host(), compiled) != null) {
                throw new InvalidConfiguration("two cells have the host %s".formatted(compiled.host()));
            }
            claim(ports, compiled.westboundPort(), compiled.name());
            claim(ports, compiled.outboundPort(), compiled.name());
        }
        present(present(configuration.entry(), "entry").address(), "entry.address");
        return new Snapshot(
                configuration.generation(),
                configuration.entry(),
                configuration.telemetry(),
                Map.copyOf(cells),
                Map.copyOf(hosts));
    }

    private static void claim(Map<Integer, String> ports, int port, String cell) throws InvalidConfiguration {
        if (port < 1 || port > 65535) {
            throw new InvalidConfiguration("cell %s: %d is no port".formatted(cell, port));
        }
        String other = ports.put(port, cell);
        if (other != null) {
            throw new InvalidConfiguration("port %d is claimed by %s and %s".formatted(port, other, cell));
        }
    }

    private static CellRoutes cell(CellGateway cell, String trustBundleFile, Map<String, String> files)
            throws InvalidConfiguration {
        CellIdentity identity;
        try {
            identity = CellIdentity.read(
                    present(cell.identity(), "identity"),
                    file(files, cell.certificateFile()),
                    file(files, cell.keyFile()),
                    file(files, trustBundleFile));
        } catch (GeneralSecurityException e) {
            throw new InvalidConfiguration(String.valueOf(e.getMessage()), e);
        }
        String host = Authority.host(present(cell.host(), "host"));
        if (host == null) {
            throw new InvalidConfiguration("%s is no host name".formatted(cell.host()));
        }
        check(cell.tokenIssuer());
        return new CellRoutes(
                present(cell.cell(), "cell"),
                cell.version(),
                host,
                identity,
                cell.westboundPort(),
                cell.outboundPort(),
                publicRoutes(cell),
                westboundRoutes(cell),
                outboundRoutes(cell));
    }

    private static void check(@Nullable TokenIssuer issuer) throws InvalidConfiguration {
        if (issuer == null) {
            return;
        }
        try {
            external(present(issuer.jwksUri(), "jwksUri"));
        } catch (InvalidConfiguration e) {
            throw new InvalidConfiguration("tokenIssuer.jwksUri: " + e.reason(), e);
        }
        try {
            if (issuer.certificateAuthority() != null) {
                IssuerTrust.of(issuer.certificateAuthority());
            }
        } catch (GeneralSecurityException e) {
            throw new InvalidConfiguration("tokenIssuer.certificateAuthority: " + e.getMessage(), e);
        }
    }

    private static PathIndex<Route> publicRoutes(CellGateway cell) throws InvalidConfiguration {
        PathIndex.Builder<Route> index = new PathIndex.Builder<>();
        for (PublicRoute route : present(cell.publicRoutes(), "publicRoutes")) {
            add(
                    index,
                    route.path(),
                    new Route(
                            Direction.PUBLIC,
                            cell.cell(),
                            route.component(),
                            route.endpoint(),
                            route.release(),
                            route.path(),
                            new Admission.Anyone(SecurityRules.of(route.security()), cell.tokenIssuer()),
                            instances(route.upstream()),
                            new Slot()));
        }
        return index.build();
    }

    private static PathIndex<Route> westboundRoutes(CellGateway cell) throws InvalidConfiguration {
        PathIndex.Builder<Route> index = new PathIndex.Builder<>();
        for (WestboundRoute route : present(cell.westboundRoutes(), "westboundRoutes")) {
            add(
                    index,
                    route.path(),
                    new Route(
                            Direction.WESTBOUND,
                            cell.cell(),
                            route.component(),
                            route.endpoint(),
                            route.release(),
                            route.path(),
                            new Admission.Callers(Set.copyOf(present(route.callers(), "callers"))),
                            instances(route.upstream()),
                            new Slot()));
        }
        return index.build();
    }

    private static Map<String, Route> outboundRoutes(CellGateway cell) throws InvalidConfiguration {
        Map<String, Route> routes = new HashMap<>();
        for (OutboundRoute route : present(cell.outboundRoutes(), "outboundRoutes")) {
            Route compiled = new Route(
                    Direction.OUTBOUND,
                    cell.cell(),
                    route.component(),
                    route.connection(),
                    "",
                    "/{connection}",
                    new Admission.Holder(route.component(), route.connection()),
                    destination(route),
                    new Slot());
            if (routes.put(present(route.key(), "key"), compiled) != null) {
                throw new InvalidConfiguration(
                        "connection %s of %s has the key of another".formatted(route.connection(), route.component()));
            }
        }
        return Map.copyOf(routes);
    }

    private static Destination destination(OutboundRoute route) throws InvalidConfiguration {
        OutboundTarget target = present(route.target(), "target");
        if (target.inside() != null && target.otherCell() == null && target.external() == null) {
            return instances(target.inside());
        }
        if (target.otherCell() != null && target.inside() == null && target.external() == null) {
            var other = target.otherCell();
            return new Destination.OtherCell(
                    other.cell(),
                    other.address(),
                    present(other.identity(), "identity"),
                    present(other.serverName(), "serverName"),
                    present(other.path(), "path"));
        }
        if (target.external() != null && target.inside() == null && target.otherCell() == null) {
            return external(target.external().url());
        }
        throw new InvalidConfiguration(
                "connection %s of %s has not exactly one target".formatted(route.connection(), route.component()));
    }

    private static Destination external(String url) throws InvalidConfiguration {
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme();
            if (!("http".equals(scheme) || "https".equals(scheme))
                    || uri.getHost() == null
                    || uri.getRawUserInfo() != null
                    || uri.getRawQuery() != null) {
                throw new InvalidConfiguration("%s is not http(s)://host[:port][/path]".formatted(url));
            }
            return new Destination.External(scheme, uri.getRawAuthority(), uri.getRawPath());
        } catch (URISyntaxException e) {
            throw new InvalidConfiguration("%s is no URL".formatted(url), e);
        }
    }

    private static Destination instances(Upstream upstream) throws InvalidConfiguration {
        present(upstream, "upstream");
        for (String target : present(upstream.targets(), "targets")) {
            if (Authority.host(target) == null || target.lastIndexOf(':') < 0) {
                throw new InvalidConfiguration("%s is not host:port".formatted(target));
            }
        }
        return new Destination.Instances(present(upstream.basePath(), "basePath"), new Targets(upstream.targets()));
    }

    private static void add(PathIndex.Builder<Route> index, String path, Route route) throws InvalidConfiguration {
        try {
            if (!index.add(RequestTarget.parse(present(path, "path")).segments(), route)) {
                throw new InvalidConfiguration("two %s routes have the path %s"
                        .formatted(route.direction().label(), path));
            }
        } catch (BadTarget e) {
            throw new InvalidConfiguration("the path %s: %s".formatted(path, e.reason()), e);
        }
    }

    private static String file(Map<String, String> files, String name) throws InvalidConfiguration {
        String content = files.get(present(name, "a file name"));
        if (content == null) {
            throw new InvalidConfiguration("the file %s is missing".formatted(name));
        }
        return content;
    }

    /** The records come from JSON, where anything may be left out whatever their types say. */
    private static <T> T present(@Nullable T value, String what) throws InvalidConfiguration {
        if (value == null) {
            throw new InvalidConfiguration(what + " is missing");
        }
        return value;
    }
}
