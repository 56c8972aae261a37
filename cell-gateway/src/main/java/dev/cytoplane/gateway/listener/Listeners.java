package dev.cytoplane.gateway.listener;

import dev.cytoplane.contracts.gateway.GatewayConfiguration.Shut;
import dev.cytoplane.gateway.identity.TlsContexts;
import dev.cytoplane.gateway.lane.Entrance;
import dev.cytoplane.gateway.lane.Lane;
import dev.cytoplane.gateway.route.Direction;
import dev.cytoplane.gateway.snapshot.CellRoutes;
import dev.cytoplane.gateway.snapshot.Snapshot;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.tcp.SslProvider;

/**
 * Opens and closes ports as snapshots ask for. TLS is decided at each handshake from the snapshot in force, so a
 * renewed certificate needs no new port. Used by one thread.
 */
public final class Listeners {
    private static final Logger log = LoggerFactory.getLogger(Listeners.class);
    private static final Duration DRAIN = Duration.ofSeconds(30);

    private final Supplier<Snapshot> snapshots;
    private final TlsContexts tls;
    private final Lane lane;
    private final String outboundAddress;
    private final Map<Door, DisposableServer> open = new LinkedHashMap<>();

    /** @param outboundAddress where the cells' own components come in: loopback, unless they are on other machines */
    public Listeners(Supplier<Snapshot> snapshots, TlsContexts tls, Lane lane, String outboundAddress) {
        this.snapshots = snapshots;
        this.tls = tls;
        this.lane = lane;
        this.outboundAddress = outboundAddress;
    }

    /**
     * Opens the doors of {@code snapshot} that are not open yet. A door whose port another one holds that is to be
     * closed takes it over.
     *
     * @return what could not be opened
     */
    public List<Shut> open(Snapshot snapshot) {
        Set<Door> wanted = Door.of(snapshot, outboundAddress);
        List<Shut> shut = new ArrayList<>();
        for (Door door : wanted) {
            if (open.containsKey(door)) {
                continue;
            }
            open.keySet().stream()
                    .filter(other -> other.port() == door.port() && !wanted.contains(other))
                    .toList()
                    .forEach(this::close);
            try {
                open.put(door, bind(door));
                log.info("Open: {}", door);
            } catch (RuntimeException e) {
                shut.add(new Shut(door.owner(), "The %s cannot be opened: %s".formatted(door.words(), rootMessage(e))));
            }
        }
        return shut;
    }

    /** Closes the doors that {@code snapshot} does not have. Requests in flight get thirty seconds. */
    public void closeOthers(Snapshot snapshot) {
        Set<Door> wanted = Door.of(snapshot, outboundAddress);
        open.keySet().stream().filter(door -> !wanted.contains(door)).toList().forEach(this::close);
    }

    /** Closes every door and waits until the requests in flight are done, a few seconds at most. */
    public void close() {
        List<DisposableServer> servers = List.copyOf(open.values());
        open.clear();
        servers.parallelStream().forEach(server -> server.disposeNow(Duration.ofSeconds(5)));
    }

    private void close(Door door) {
        DisposableServer server = open.remove(door);
        if (server == null) {
            return;
        }
        log.info("Closing: {}", door);
        // The port is free as soon as the server's channel is closed; the requests in flight may take longer.
        Thread.ofVirtual().start(() -> server.disposeNow(DRAIN));
        server.onDispose().block(Duration.ofSeconds(5));
    }

    private DisposableServer bind(Door door) {
        HttpServer server = HttpServer.create()
                .host(door.address())
                .port(door.port())
                .channelGroup(new io.netty.channel.group.DefaultChannelGroup(
                        io.netty.util.concurrent.GlobalEventExecutor.INSTANCE))
                .idleTimeout(Duration.ofSeconds(75))
                .readTimeout(Duration.ofSeconds(60))
                .httpRequestDecoder(spec -> spec.maxInitialLineLength(9 * 1024)
                        .maxHeaderSize(32 * 1024)
                        .allowDuplicateContentLengths(false)
                        .validateHeaders(true));
        Entrance entrance = switch (door) {
            case Door.PublicHttp _ -> new Entrance(Direction.PUBLIC, null, "http");
            case Door.PublicHttps _ -> new Entrance(Direction.PUBLIC, null, "https");
            case Door.Westbound west -> new Entrance(Direction.WESTBOUND, west.cell(), "https");
            case Door.Outbound out -> new Entrance(Direction.OUTBOUND, out.cell(), "http");
        };
        HttpServer secured = switch (door) {
            case Door.PublicHttp _, Door.Outbound _ -> server.protocol(HttpProtocol.HTTP11);
            case Door.PublicHttps _ ->
                secure(server.protocol(HttpProtocol.H2, HttpProtocol.HTTP11), this::byServerName);
            case Door.Westbound west -> secure(server.protocol(HttpProtocol.HTTP11), _ -> ofCell(west.cell()));
        };
        return secured.handle((request, response) -> lane.serve(entrance, request, response))
                .bindNow(Duration.ofSeconds(10));
    }

    private HttpServer secure(HttpServer server, Function<@Nullable String, @Nullable SslContext> choice) {
        // Only the mapping decides; the first context is asked for by the builder and never used.
        return server.secure(spec ->
                spec.sslContext(placeholder()).setSniAsyncMappings((name, promise) -> choose(choice, name, promise)));
    }

    private static Future<SslProvider> choose(
            Function<@Nullable String, @Nullable SslContext> choice,
            @Nullable String name,
            Promise<SslProvider> promise) {
        try {
            SslContext context = choice.apply(name);
            return context == null
                    ? promise.setFailure(new javax.net.ssl.SSLException("No cell has the server name " + name))
                    : promise.setSuccess(SslProvider.builder()
                            .sslContext(context)
                            .handshakeTimeout(Duration.ofSeconds(10))
                            .build());
        } catch (RuntimeException e) {
            return promise.setFailure(e);
        }
    }

    private static SslContext placeholder() {
        try {
            return SslContextBuilder.forClient()
                    .sslProvider(io.netty.handler.ssl.SslProvider.JDK)
                    .build();
        } catch (javax.net.ssl.SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable SslContext byServerName(@Nullable String name) {
        CellRoutes cell = name == null ? null : snapshots.get().hosts().get(name);
        return cell == null ? null : tls.entry(cell.identity());
    }

    private @Nullable SslContext ofCell(String name) {
        CellRoutes cell = snapshots.get().cells().get(name);
        return cell == null ? null : tls.westbound(cell.identity());
    }

    private static String rootMessage(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
