package dev.cytoplane.contracts.gateway;

import dev.cytoplane.contracts.descriptor.Descriptor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a gateway process enforces. The data plane writes it as {@code configuration.json} into the gateway's
 * folder (a new file, moved over the old one); the gateway compiles it, swaps it in, and writes {@link Applied} as
 * {@code applied.json} beside it. A configuration that does not compile changes nothing but {@code applied.json}.
 *
 * @param generation grows with every configuration
 * @param entry the front door that all cells of this gateway share
 * @param trustBundleFile PEM roots, a path relative to the configuration's folder, as every path here
 * @param telemetry where signals go; null when nobody listens
 */
public record GatewayConfiguration(
        long generation,
        Entry entry,
        String trustBundleFile,
        @Nullable Telemetry telemetry,
        List<CellGateway> cells) {

    /**
     * Public listeners, shared by host name (HTTP) and by server name (TLS).
     *
     * @param address the address they bind to
     * @param httpPort plain HTTP; null for none
     * @param httpsPort TLS with the called cell's certificate; null for none
     */
    public record Entry(
            String address,
            @Nullable Integer httpPort,
            @Nullable Integer httpsPort) {}

    /** @param endpoint base URL of an OTLP/HTTP receiver */
    public record Telemetry(String endpoint, double sampledShare) {}

    /**
     * One cell's listeners, identity and routes.
     *
     * @param cell the cell's name
     * @param version the cell's version
     * @param identity the cell's SPIFFE id, which its certificate carries
     * @param host host name of its public address
     * @param certificateFile PEM chain, leaf first: server certificate for {@code host} and client certificate towards other cells
     * @param keyFile PEM private key (PKCS#8)
     * @param westboundPort mTLS listener for other cells, bound to the entry's address
     * @param outboundPort loopback listener for the cell's own components: calls inside, eastbound and southbound
     * @param tokenIssuer whose tokens count on public routes
     */
    public record CellGateway(
            String cell,
            long version,
            String identity,
            String host,
            String certificateFile,
            String keyFile,
            int westboundPort,
            int outboundPort,
            @Nullable TokenIssuer tokenIssuer,
            List<PublicRoute> publicRoutes,
            List<WestboundRoute> westboundRoutes,
            List<OutboundRoute> outboundRoutes) {}

    /**
     * The only issuer whose tokens count.
     *
     * @param jwksUri where its keys are
     * @param certificateAuthority PEM certificates that alone the certificate behind {@code jwksUri} is checked against; null for
     *     the authorities that Java knows
     */
    public record TokenIssuer(
            String issuer,
            String jwksUri,
            List<String> audiences,
            @Nullable String certificateAuthority) {}

    /**
     * From the public to an endpoint with public visibility. The longest path wins.
     *
     * @param path prefix, matched by whole segments and replaced by the upstream's base path
     */
    public record PublicRoute(
            String component,
            String endpoint,
            String release,
            String path,
            Descriptor.@Nullable Security security,
            Upstream upstream) {}

    /**
     * From other cells to an endpoint with organization or public visibility.
     *
     * @param callers SPIFFE ids of the cells that may call; nobody else
     */
    public record WestboundRoute(
            String component, String endpoint, String release, String path, List<String> callers, Upstream upstream) {}

    /**
     * From a component of the cell along one of its declared connections.
     *
     * @param key the first path segment of the connection's URL; it proves which component calls, so it is a secret
     * @param component who calls
     * @param connection the connection's name
     */
    public record OutboundRoute(String key, String component, String connection, OutboundTarget target) {}

    /** Exactly one is given. */
    public record OutboundTarget(
            @Nullable Upstream inside,
            @Nullable OtherCell otherCell,
            @Nullable External external) {}

    /**
     * @param address host:port of the called cell's westbound listener; null while it is not known, then calls are answered with 503
     * @param identity the SPIFFE id its certificate must carry
     * @param serverName the TLS server name (its host)
     * @param path the called endpoint's path there
     */
    public record OtherCell(String cell, @Nullable String address, String identity, String serverName, String path) {}

    /** @param url scheme, host, port and path prefix of the third party */
    public record External(String url) {}

    /**
     * Where an endpoint's ready instances are.
     *
     * @param basePath the path under which the component serves
     * @param targets host:port of each ready instance; empty is answered with 503 and Retry-After
     */
    public record Upstream(String basePath, List<String> targets) {}

    /**
     * What the gateway made of the newest configuration.
     *
     * @param error why it is not in force; null when it is
     * @param shut the listeners that could not be opened though it is; they are tried again until they can
     * @param refused the cells whose part is not in force though the rest is, where each cell stands for itself
     */
    public record Applied(long generation, @Nullable String error, List<Shut> shut, List<Refused> refused) {

        /** Of an older gateway, which knows no {@code shut} and no {@code refused}. */
        public Applied {
            shut = shut == null ? List.of() : List.copyOf(shut);
            refused = refused == null ? List.of() : List.copyOf(refused);
        }

        public Applied(long generation, @Nullable String error, List<Shut> shut) {
            this(generation, error, shut, List.of());
        }
    }

    /**
     * A listener that could not be opened.
     *
     * @param cell whose it is; null for the entry, which all share
     * @param reason a sentence, with the port
     */
    public record Shut(@Nullable String cell, String reason) {}

    /**
     * A cell whose part cannot be put in force. What was in force of it before still is.
     *
     * @param reason a sentence
     */
    public record Refused(String cell, String reason) {}
}
