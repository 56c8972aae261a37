package dev.cytoplane.gateway.upstream;

import dev.cytoplane.gateway.identity.CellIdentity;
import dev.cytoplane.gateway.identity.TlsContexts;
import dev.cytoplane.gateway.snapshot.CellRoutes;
import dev.cytoplane.gateway.snapshot.Destination;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.tcp.SslProvider;

/**
 * HTTP clients by what they prove and whom they believe: one for instances, one for third parties, one for each pair
 * of calling cell and called cell. Connections are pooled apart by that too, so that no cell ever rides on another's.
 */
public final class Clients {
    private record Pair(CellIdentity caller, String callee, String serverName) {}

    private final TlsContexts tls;
    private final ConnectionProvider pool;
    private final HttpClient instances;
    private final HttpClient external;
    private final ConcurrentMap<Pair, HttpClient> cells = new ConcurrentHashMap<>();

    /** @param thirdPartiesHere whether a third party may be on this machine */
    public Clients(TlsContexts tls, boolean thirdPartiesHere) {
        this.tls = tls;
        // Newest first and idle for less than servers usually allow: a connection that is used is one that lives.
        this.pool = ConnectionProvider.builder("upstream")
                .maxConnections(1024)
                .pendingAcquireMaxCount(4096)
                .pendingAcquireTimeout(Duration.ofSeconds(5))
                .maxIdleTime(Duration.ofSeconds(4))
                .evictInBackground(Duration.ofSeconds(2))
                .disposeInactivePoolsInBackground(Duration.ofSeconds(30), Duration.ofSeconds(60))
                .disposeTimeout(Duration.ofSeconds(1))
                .lifo()
                .build();
        HttpClient plain = HttpClient.create(pool)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 2000)
                .followRedirect(false)
                .compress(false)
                .httpResponseDecoder(spec -> spec.maxInitialLineLength(8192).maxHeaderSize(32 * 1024));
        this.instances = plain.disableRetry(true);
        HttpClient anywhere =
                plain.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 5000).secure();
        this.external = thirdPartiesHere
                ? anywhere
                : anywhere.doOnChannelInit((_, channel, _) -> channel.pipeline().addFirst(NotHere.INSTANCE));
    }

    /** The client that carries calls of {@code cell} to {@code destination}. */
    public HttpClient towards(Destination destination, CellRoutes cell) {
        return switch (destination) {
            case Destination.Instances _ -> instances;
            case Destination.External _ -> external;
            case Destination.OtherCell other ->
                cells.computeIfAbsent(new Pair(cell.identity(), other.identity(), other.serverName()), this::eastbound);
        };
    }

    private HttpClient eastbound(Pair pair) {
        SslProvider provider = SslProvider.builder()
                .sslContext(tls.eastbound(pair.caller(), pair.callee()))
                .serverNames(new SNIHostName(pair.serverName()))
                .build();
        // The peer is known by its SPIFFE id (PeerTrust); reactor-netty's check of the host name would refuse it.
        SslProvider byIdentity = SslProvider.addHandlerConfigurator(provider, handler -> {
            SSLParameters parameters = handler.engine().getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm(null);
            handler.engine().setSSLParameters(parameters);
        });
        return instances.secure(byIdentity).doOnRequest((request, _) -> request.header("Host", pair.serverName()));
    }

    /** Forgets clients of identities that are in no snapshot any more; their idle connections end by themselves. */
    public void retain(Set<CellIdentity> identities) {
        cells.keySet().removeIf(pair -> !identities.contains(pair.caller()));
    }

    public void close() {
        pool.disposeLater().block(Duration.ofSeconds(3));
    }
}
