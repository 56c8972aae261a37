package dev.cytoplane.dataplane.gateway;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.Visibility;
import dev.cytoplane.contracts.link.EndpointCall;
import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.dataplane.settings.DataPlaneSettings.GatewaySettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Calls endpoints through the front door of this machine's gateway. Every connection goes to the front door, whatever the
 * address in the request: it is the client's proxy, so that no name has to be resolved and none can lead elsewhere. The
 * gateway sees what it sees of any caller outside.
 */
public final class FrontDoor implements EndpointCaller, AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration HEAD = Duration.ofSeconds(10);
    private static final Duration BODY = Duration.ofSeconds(5);
    private static final int MOST_HEADERS = 200;
    private static final int USUAL_PORT = 80;

    private final Function<String, Optional<InetSocketAddress>> doors;
    private final Function<String, Optional<Cell>> cells;
    /** The front door of each cell that was called, by its host. */
    private final Map<String, InetSocketAddress> byHost = new ConcurrentHashMap<>();

    private final HttpClient client;

    /**
     * One door for all.
     *
     * @param cells the cells that run here, by name
     */
    public FrontDoor(GatewaySettings settings, Function<String, Optional<Cell>> cells) {
        this(
                _ -> Optional.ofNullable(settings.httpPort())
                        .map(port -> InetSocketAddress.createUnresolved(settings.address(), port)),
                cells);
    }

    /**
     * Each cell has its own.
     *
     * @param doors host:port of a cell's gateway, where it listens in clear
     * @param cells the cells that run here, by name
     */
    public static FrontDoor ofEach(Function<String, String> doors, Function<String, Optional<Cell>> cells) {
        return new FrontDoor(cell -> Optional.of(doors.apply(cell)).map(FrontDoor::address), cells);
    }

    private FrontDoor(Function<String, Optional<InetSocketAddress>> doors, Function<String, Optional<Cell>> cells) {
        this.doors = doors;
        this.cells = cells;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .proxy(new ProxySelector() {
                    @Override
                    public List<Proxy> select(URI uri) {
                        InetSocketAddress door = byHost.get(uri.getHost());
                        if (door == null) {
                            throw new IllegalArgumentException("no cell has the host " + uri.getHost());
                        }
                        return List.of(new Proxy(Proxy.Type.HTTP, door));
                    }

                    @Override
                    public void connectFailed(URI uri, SocketAddress address, IOException e) {
                        // Whoever calls hears of it.
                    }
                })
                .build();
    }

    private static InetSocketAddress address(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        return InetSocketAddress.createUnresolved(
                hostAndPort.substring(0, colon), Integer.parseInt(hostAndPort.substring(colon + 1)));
    }

    @Override
    public EndpointCall.Outcome call(LinkEvent.CallWanted wanted) throws InterruptedException {
        Optional<InetSocketAddress> door = doors.apply(wanted.cell());
        if (door.isEmpty()) {
            return new EndpointCall.Unanswered(
                    "The gateway of this data plane has no listener without TLS, through which endpoints are tried out.");
        }
        Optional<HttpRequest> request;
        try {
            request = cells.apply(wanted.cell())
                    .flatMap(cell -> endpoint(cell, wanted)
                            .map(endpoint -> request(cell.spec().host(), door.get(), endpoint, wanted.request())));
        } catch (IllegalArgumentException e) {
            return new EndpointCall.Unanswered("The request cannot be sent: " + e.getMessage());
        }
        if (request.isEmpty()) {
            return new EndpointCall.Unanswered(
                    "The data plane has no such public endpoint yet. Try again when the deployment is live.");
        }
        return send(request.get());
    }

    private static Optional<Cell.Endpoint> endpoint(Cell cell, LinkEvent.CallWanted wanted) {
        return cell.spec().components().stream()
                .filter(component -> component.name().equals(wanted.component()))
                .flatMap(component -> component.endpoints().stream())
                .filter(endpoint -> endpoint.name().equals(wanted.endpoint()))
                .filter(endpoint -> endpoint.visibility() == Visibility.PUBLIC)
                .findFirst();
    }

    private HttpRequest request(
            String host, InetSocketAddress door, Cell.Endpoint endpoint, EndpointCall.Request wanted) {
        byHost.put(host, door);
        // The usual port is not named: the client leaves it out of the header Host, and both have to say the same.
        String port = door.getPort() == USUAL_PORT ? "" : ":" + door.getPort();
        String prefix = endpoint.path().equals("/") ? "" : endpoint.path();
        String body = wanted.body();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://" + host + port + escaped(prefix + wanted.path())))
                .timeout(HEAD)
                .setHeader("User-Agent", "Cytoplane")
                .method(
                        wanted.method(),
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        wanted.headers().forEach(header -> {
            if (header.name().equalsIgnoreCase("User-Agent")) {
                request.setHeader(header.name(), header.value());
            } else {
                request.header(header.name(), header.value());
            }
        });
        return request.build();
    }

    /** What browsers and curl send as it is, and {@link URI} does not take. */
    private static String escaped(String target) {
        StringBuilder escaped = new StringBuilder(target.length());
        for (char each : target.toCharArray()) {
            if ("\"<>[]^`{|}".indexOf(each) >= 0) {
                escaped.append('%').append(Integer.toHexString(each).toUpperCase(java.util.Locale.ROOT));
            } else {
                escaped.append(each);
            }
        }
        return escaped.toString();
    }

    private EndpointCall.Outcome send(HttpRequest request) throws InterruptedException {
        long begun = System.nanoTime();
        try {
            HttpResponse<FirstBytes> response = client.send(request, _ -> new FirstBytes(EndpointCall.MOST_BODY, BODY));
            long millis = TimeUnit.NANOSECONDS.toMillis(response.body().begunNanos() - begun);
            FirstBytes.Read read = response.body().await();
            List<EndpointCall.Header> headers = response.headers().map().entrySet().stream()
                    .flatMap(entry ->
                            entry.getValue().stream().map(value -> new EndpointCall.Header(entry.getKey(), value)))
                    .limit(MOST_HEADERS)
                    .toList();
            return new EndpointCall.Answered(
                    response.statusCode(),
                    headers,
                    Base64.getEncoder().encodeToString(read.bytes()),
                    read.complete(),
                    millis);
        } catch (HttpTimeoutException e) {
            return new EndpointCall.Unanswered(
                    "The endpoint has not answered within %d seconds.".formatted(HEAD.toSeconds()));
        } catch (IOException e) {
            return new EndpointCall.Unanswered("The gateway of the cell does not answer: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
