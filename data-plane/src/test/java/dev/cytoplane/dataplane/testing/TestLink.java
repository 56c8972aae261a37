package dev.cytoplane.dataplane.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.cell.CellTraffic;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.contracts.link.EndpointCall;
import dev.cytoplane.contracts.link.Enrolment;
import dev.cytoplane.contracts.link.Introduction;
import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.contracts.link.LogLine;
import dev.cytoplane.contracts.link.TrafficReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** The control plane's end of the link, over real mTLS, with cells and artifacts given by a test. */
public final class TestLink implements AutoCloseable {

    public static final String TOKEN = "one-time";

    private static final LinkEvent END = new LinkEvent.Heartbeat(-1);

    private final TestAuthority authority;
    private final Map<String, Cell> cells = new TreeMap<>();
    private final Map<String, byte[]> artifacts = new ConcurrentHashMap<>();
    private final Map<String, CellStatus> statuses = new ConcurrentHashMap<>();
    private final List<BlockingQueue<LinkEvent>> watches = new CopyOnWriteArrayList<>();
    private final Map<String, BlockingQueue<LogLine>> logs = new ConcurrentHashMap<>();
    private final Map<String, CellTraffic> traffic = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<EndpointCall.Outcome>> outcomes = new ConcurrentHashMap<>();
    private final Semaphore statusesAnswered = new Semaphore(Integer.MAX_VALUE);
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final InetAddress address;
    private long revision;
    private int port;
    private volatile @Nullable HttpsServer server;
    private volatile String sealingKey = "";
    private volatile CountDownLatch artifactsSent = new CountDownLatch(0);
    private volatile Duration certificateLife = Duration.ofDays(30);

    /** @param clock what its authority's certificates count from */
    public TestLink(Clock clock) throws IOException {
        this(clock, InetAddress.getLoopbackAddress());
    }

    /** @param address where it listens */
    public TestLink(Clock clock, InetAddress address) throws IOException {
        this(new TestAuthority(clock), address);
    }

    /** @param authority two links of one control plane have the same */
    public TestLink(TestAuthority authority, InetAddress address) throws IOException {
        this.authority = authority;
        this.address = address;
        up();
    }

    public URI url() {
        String host = address.isLoopbackAddress() ? "localhost" : address.getHostAddress();
        return URI.create("https://" + host + ":" + port);
    }

    public String fingerprint() {
        return authority.fingerprint();
    }

    /** Believes what this control plane's authority signed. */
    public SSLContext trusting() {
        return authority.client();
    }

    /** The data plane's public key, once it has joined. */
    public String sealingKey() {
        return sealingKey;
    }

    public void certificatesLive(Duration life) {
        certificateLife = life;
    }

    /** Requests so far, as method and path with query. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    public String artifact(byte[] archive) {
        String digest = ContractJson.sha256(archive);
        artifacts.put(digest, archive);
        return digest;
    }

    public synchronized void put(Cell cell) {
        cells.put(cell.metadata().name(), cell);
        tell(new LinkEvent.CellChanged(++revision, cell));
    }

    public synchronized void delete(String cell) {
        cells.remove(cell);
        tell(new LinkEvent.CellDeleted(++revision, cell));
    }

    /** Forgets a cell without telling, as if it were deleted while nobody watched. */
    public synchronized void deleteSilently(String cell) {
        cells.remove(cell);
        revision += 1_000;
    }

    public synchronized List<String> cells() {
        return List.copyOf(cells.keySet());
    }

    public Optional<CellStatus> status(String cell) {
        return Optional.ofNullable(statuses.get(cell));
    }

    public BlockingQueue<LogLine> readLogs(LinkEvent.LogsWanted wanted) {
        BlockingQueue<LogLine> lines = logs.computeIfAbsent(wanted.stream(), id -> new LinkedBlockingQueue<>());
        tell(wanted);
        return lines;
    }

    /** What was told last of what goes through a cell's gateway. */
    public Optional<CellTraffic> traffic(String cell) {
        return Optional.ofNullable(traffic.get(cell));
    }

    public EndpointCall.Outcome call(LinkEvent.CallWanted wanted) {
        CompletableFuture<EndpointCall.Outcome> outcome =
                outcomes.computeIfAbsent(wanted.call(), _ -> new CompletableFuture<>());
        tell(wanted);
        return outcome.orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** Statuses that come now are taken and answered only when {@link #answerStatuses()} allows it. */
    public void holdStatuses() {
        statusesAnswered.drainPermits();
    }

    public boolean holdsAStatus() {
        return statusesAnswered.hasQueuedThreads();
    }

    public void answerStatuses() {
        statusesAnswered.release(Integer.MAX_VALUE);
    }

    /** Artifacts that are asked for now come only when {@link #sendArtifacts()} allows it. */
    public void holdArtifacts() {
        artifactsSent = new CountDownLatch(1);
    }

    public void sendArtifacts() {
        artifactsSent.countDown();
    }

    /** The reader of a log leaves. */
    public void leave(String stream) {
        logs.remove(stream);
    }

    /** Says something to whoever watches. */
    public void say(LinkEvent event) {
        tell(event);
    }

    private void tell(LinkEvent event) {
        watches.forEach(watch -> watch.add(event));
    }

    /** Whether somebody watches. */
    public boolean isWatched() {
        return !watches.isEmpty();
    }

    /** Cuts every connection and stops listening. */
    public void down() {
        HttpsServer current = server;
        if (current != null) {
            current.stop(0);
            server = null;
        }
        watches.forEach(watch -> watch.add(END));
    }

    public void up() throws IOException {
        HttpsServer started = HttpsServer.create(new InetSocketAddress(address, port), 0);
        port = started.getAddress().getPort();
        started.setHttpsConfigurator(new HttpsConfigurator(authority.server(address)) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters tls = getSSLContext().getDefaultSSLParameters();
                tls.setWantClientAuth(true);
                parameters.setSSLParameters(tls);
            }
        });
        started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        started.createContext("/link/v1/", this::handle);
        started.start();
        server = started;
    }

    @Override
    public void close() {
        sendArtifacts();
        down();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            if (path.equals("/link/v1/enrolments")) {
                enrol(exchange);
            } else if (path.equals("/link/v1/introductions")) {
                // Whatever token is asked for: a control plane without it would, too.
                answer(
                        exchange,
                        200,
                        new String(
                                ContractJson.canonical(new Introduction.Response(
                                        fingerprint(), Introduction.proof(Introduction.hash(TOKEN), fingerprint()))),
                                StandardCharsets.UTF_8));
            } else if (!hasCertificate(exchange)) {
                answer(exchange, 401, "a client certificate is needed");
            } else if (path.equals("/link/v1/certificates")) {
                renew(exchange);
            } else if (path.equals("/link/v1/cells")) {
                watch(exchange);
            } else if (path.startsWith("/link/v1/artifacts/")) {
                artifact(exchange, path.substring("/link/v1/artifacts/".length()));
            } else if (path.equals("/link/v1/traffic")) {
                ContractJson.MAPPER
                        .readValue(exchange.getRequestBody(), TrafficReport.class)
                        .cells()
                        .forEach(cell -> traffic.put(cell.cell(), cell));
                exchange.sendResponseHeaders(204, -1);
            } else if (path.startsWith("/link/v1/call-outcomes/")) {
                outcomes.computeIfAbsent(
                                path.substring("/link/v1/call-outcomes/".length()), _ -> new CompletableFuture<>())
                        .complete(ContractJson.MAPPER.readValue(exchange.getRequestBody(), EndpointCall.Outcome.class));
                exchange.sendResponseHeaders(204, -1);
            } else if (path.startsWith("/link/v1/log-streams/")) {
                logStream(exchange, path.substring("/link/v1/log-streams/".length()));
            } else {
                CellStatus status = ContractJson.MAPPER.readValue(exchange.getRequestBody(), CellStatus.class);
                statuses.put(status.cell(), status);
                statusesAnswered.acquireUninterruptibly();
                statusesAnswered.release();
                exchange.sendResponseHeaders(204, -1);
            }
        }
    }

    private static boolean hasCertificate(HttpExchange exchange) {
        try {
            return ((HttpsExchange) exchange).getSSLSession().getPeerCertificates().length > 0;
        } catch (SSLPeerUnverifiedException e) {
            return false;
        }
    }

    private void enrol(HttpExchange exchange) throws IOException {
        Enrolment.Request request = ContractJson.MAPPER.readValue(exchange.getRequestBody(), Enrolment.Request.class);
        if (!request.token().equals(TOKEN)) {
            answer(exchange, 403, "unknown token");
            return;
        }
        sealingKey = request.sealingKey();
        answer(exchange, 200, certify(request.agentRequest(), request.workloadAuthorityRequest()));
    }

    private void renew(HttpExchange exchange) throws IOException {
        Enrolment.Renewal request = ContractJson.MAPPER.readValue(exchange.getRequestBody(), Enrolment.Renewal.class);
        answer(exchange, 200, certify(request.agentRequest(), request.workloadAuthorityRequest()));
    }

    private String certify(String agentRequest, String authorityRequest) {
        return new String(
                ContractJson.canonical(new Enrolment.Response(
                        "local",
                        "test.local",
                        "localhost",
                        authority.signAgent(agentRequest, certificateLife),
                        authority.signAuthority(authorityRequest, certificateLife),
                        authority.trustBundle())),
                StandardCharsets.UTF_8);
    }

    private void watch(HttpExchange exchange) throws IOException {
        BlockingQueue<LinkEvent> events = new LinkedBlockingQueue<>();
        synchronized (this) {
            String query = exchange.getRequestURI().getQuery();
            if (query == null || !query.equals("revision=" + revision)) {
                events.add(new LinkEvent.SnapshotStarted());
                cells.values().forEach(cell -> events.add(new LinkEvent.CellChanged(revision, cell)));
                events.add(new LinkEvent.SnapshotCompleted(revision));
            }
            watches.add(events);
        }
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            for (LinkEvent event = events.poll(1, TimeUnit.SECONDS);
                    !END.equals(event);
                    event = events.poll(1, TimeUnit.SECONDS)) {
                LinkEvent said = event == null ? new LinkEvent.Heartbeat(revision) : event;
                out.write(ContractJson.MAPPER.writerFor(LinkEvent.class).writeValueAsBytes(said));
                out.write('\n');
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watches.remove(events);
        }
    }

    private void artifact(HttpExchange exchange, String digest) throws IOException {
        byte[] archive = artifacts.get(digest);
        if (archive == null) {
            answer(exchange, 404, "no such artifact");
            return;
        }
        try {
            artifactsSent.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.sendResponseHeaders(200, archive.length);
        exchange.getResponseBody().write(archive);
    }

    private void logStream(HttpExchange exchange, String stream) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(exchange.getRequestBody(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                BlockingQueue<LogLine> reader = logs.get(stream);
                if (reader == null) {
                    return;
                }
                if (!line.isBlank()) {
                    reader.add(ContractJson.MAPPER.readValue(line, LogLine.class));
                }
            }
        }
        exchange.sendResponseHeaders(204, -1);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
