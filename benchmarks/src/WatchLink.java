import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.contracts.link.Enrolment;
import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.dataplane.identity.Identity;
import dev.cytoplane.dataplane.identity.KeyStorage;
import dev.cytoplane.dataplane.identity.Sealing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import tools.jackson.databind.JsonNode;

/**
 * Changes a cell's configuration by REST, and etcd's key by gRPC, in turns, and notes when each open watch has the change.
 * Every watch has a connection of its own, as if it were another machine.
 */
class WatchLink {

    private static final int WARM_UP = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PLACE = "/organizations/bench/projects/site/components/web";

    public static void main(String[] arguments) throws Exception {
        int changes = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 200;
        Path folder = Path.of(arguments[1]);
        ControlPlane ours = new ControlPlane(URI.create(arguments[0]), folder.resolve("data-plane"));
        System.out.println(Machine.description());
        System.out.printf("%d changes each, in turns, after %d unmeasured ones; times in milliseconds%n%n", changes, WARM_UP);
        try (Etcd etcd = new Etcd(folder.resolve("etcd"), ours.document())) {
            System.out.printf("the document: %,d bytes; peer: %s%n%n", ours.document().length(), etcd.version());
            System.out.printf(
                    "%-8s %-12s %14s %14s %14s %14s %14s%n",
                    "watches", "", "answered p50", "first p50", "last p50", "last p99", "last-first p50");
            for (int watches : new int[] {1, 100}) {
                measure(List.of(ours, etcd), watches, changes);
            }
        }
    }

    private static void measure(List<Watched> peers, int watches, int changes) throws Exception {
        List<Arrivals> arrivals = new ArrayList<>();
        for (Watched peer : peers) {
            Arrivals each = new Arrivals(watches);
            for (int i = 0; i < watches; i++) {
                peer.open(each);
            }
            arrivals.add(each);
        }
        List<List<Arrivals.Spread>> results = List.of(new ArrayList<>(), new ArrayList<>());
        for (int change = 0; change < WARM_UP + changes; change++) {
            for (int i = 0; i < peers.size(); i++) {
                String mark = "mark-" + watches + "-" + change + "-";
                arrivals.get(i).expect(mark);
                long began = System.nanoTime();
                peers.get(i).change(mark);
                long answered = System.nanoTime();
                Arrivals.Spread spread = arrivals.get(i).await(began, answered, PATIENCE);
                peers.get(i).settle(arrivals.get(i).text());
                if (change >= WARM_UP) {
                    results.get(i).add(spread);
                }
            }
        }
        double[] last = new double[2];
        for (int i = 0; i < peers.size(); i++) {
            List<Arrivals.Spread> spreads = results.get(i);
            last[i] = percentile(spreads.stream().map(Arrivals.Spread::last).toList(), 0.5);
            System.out.printf(
                    "%-8d %-12s %14.2f %14.2f %14.2f %14.2f %14.2f%n",
                    watches,
                    peers.get(i).name(),
                    percentile(spreads.stream().map(Arrivals.Spread::answered).toList(), 0.5),
                    percentile(spreads.stream().map(Arrivals.Spread::first).toList(), 0.5),
                    last[i],
                    percentile(spreads.stream().map(Arrivals.Spread::last).toList(), 0.99),
                    percentile(spreads.stream().map(each -> each.last() - each.first()).toList(), 0.5));
        }
        System.out.printf("%-8d ratio to etcd, until the last has it: %.1f%n%n", watches, last[0] / last[1]);
        for (Watched peer : peers) {
            peer.closeWatches();
        }
    }

    private static double percentile(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(sorted.size() * share)));
    }

    /** What is measured. */
    interface Watched {
        String name();

        /** Opens one more watch; returns when it is open. */
        void open(Arrivals arrivals) throws Exception;

        /** Writes a document that holds the mark; returns when it is stored. */
        void change(String mark) throws Exception;

        /** What belongs to a change and is not measured. */
        void settle(String received) throws Exception;

        void closeWatches();
    }

    /** A control plane, and the certificate of a data plane that joined it. */
    static final class ControlPlane implements Watched {

        private final HttpClient http = HttpClient.newHttpClient();
        private final String api;
        private final Identity identity;
        private final URI link;
        private final HttpClient linkHttp;
        private final List<HttpClient> watches = new ArrayList<>();
        private String document = "";
        private String etag = "";

        ControlPlane(URI server, Path state) throws Exception {
            api = server.resolve("/api/v1").toString();
            post("/organizations", Map.of("name", "bench"));
            JsonNode invitation = post("/data-planes", Map.of("name", "bench"));
            link = URI.create(invitation.path("linkUrl").asString());
            Sealing sealing = new Sealing(KeyStorage.files(state));
            identity = new Identity(KeyStorage.files(state), sealing);
            join(invitation.path("joinToken").asString(), invitation.path("caFingerprint").asString());
            linkHttp = client();
            post("/organizations/bench/environments", Map.of("name", "bench", "dataPlane", "bench"));
            post("/organizations/bench/pipelines", Map.of("name", "bench", "stages", List.of("bench")));
            post("/organizations/bench/projects", Map.of("name", "site", "pipeline", "bench"));
            post("/organizations/bench/projects/site/components", Map.of("name", "web", "type", "web-application"));
            rest("POST", PLACE + "/uploads", "application/gzip", site());
            Arrivals first = new Arrivals(1);
            first.expect("\"web\"");
            open(first);
            first.await(0, 0, PATIENCE);
            document = first.text();
            settle(document);
            closeWatches();
            HttpResponse<String> configuration = send("GET", PLACE + "/configuration/bench", null, new byte[0]);
            etag = configuration.headers().firstValue("ETag").orElseThrow();
        }

        private void join(String token, String pin) throws Exception {
            try (HttpClient joining =
                    HttpClient.newBuilder().sslContext(Identity.joining(pin)).build()) {
                HttpResponse<String> answer = joining.send(
                        HttpRequest.newBuilder(link.resolve("/link/v1/enrolments"))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofByteArray(
                                        ContractJson.canonical(identity.joinRequest(token, "local"))))
                                .build(),
                        BodyHandlers.ofString());
                identity.accept(ContractJson.MAPPER.readValue(answer.body(), Enrolment.Response.class), pin);
            }
        }

        /** One line of the link. */
        String document() {
            return document;
        }

        @Override
        public String name() {
            return "watch link";
        }

        private HttpClient client() {
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(identity.link())
                    .build();
        }

        @Override
        public void open(Arrivals arrivals) throws Exception {
            HttpClient own = client();
            watches.add(own);
            var answer = own.send(
                    HttpRequest.newBuilder(link.resolve("/link/v1/cells")).build(), BodyHandlers.ofInputStream());
            arrivals.follow(Arrivals.lines(answer.body()));
        }

        @Override
        public void change(String mark) throws Exception {
            HttpResponse<String> answer = send(
                    "PUT",
                    PLACE + "/configuration/bench",
                    "application/json",
                    ContractJson.canonical(Map.of("values", Map.of("MARK", mark))));
            etag = answer.headers().firstValue("ETag").orElseThrow();
        }

        /** The data plane says that the cell runs as wanted, so that each deployment is over before the next. */
        @Override
        public void settle(String received) throws Exception {
            report(((LinkEvent.CellChanged) ContractJson.MAPPER.readValue(received, LinkEvent.class)).cell());
        }

        private void report(Cell cell) throws Exception {
            Cell.Component web = cell.spec().components().getFirst();
            CellStatus status = new CellStatus(
                    cell.metadata().name(),
                    cell.metadata().version(),
                    List.of(new CellStatus.Condition(
                            "Ready", CellStatus.State.TRUE, "AllReady", "Every component is ready", Instant.now())),
                    List.of(new CellStatus.Component(
                            web.name(),
                            web.release(),
                            web.release(),
                            CellStatus.Phase.READY,
                            "1 instance is ready",
                            1,
                            1,
                            List.of(),
                            List.of(),
                            null,
                            null)),
                    null);
            HttpResponse<String> answer = linkHttp.send(
                    HttpRequest.newBuilder(link.resolve("/link/v1/cells/" + status.cell() + "/status"))
                            .header("Content-Type", "application/json")
                            .PUT(BodyPublishers.ofByteArray(ContractJson.canonical(status)))
                            .build(),
                    BodyHandlers.ofString());
            require(answer);
        }

        @Override
        public void closeWatches() {
            watches.forEach(HttpClient::shutdownNow);
            watches.clear();
        }

        private JsonNode post(String path, Object body) throws Exception {
            return rest("POST", path, "application/json", ContractJson.canonical(body));
        }

        private JsonNode rest(String method, String path, String type, byte[] body) throws Exception {
            return ContractJson.MAPPER.readTree(send(method, path, type, body).body());
        }

        private HttpResponse<String> send(String method, String path, String type, byte[] body) throws Exception {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(api + path))
                    .header("Authorization", "Bearer " + System.getenv("CYTO_TOKEN"))
                    .method(method, BodyPublishers.ofByteArray(body));
            if (type != null) {
                request.header("Content-Type", type);
            }
            if (method.equals("PUT")) {
                request.header("If-Match", etag);
            }
            return require(http.send(request.build(), BodyHandlers.ofString()));
        }

        private static HttpResponse<String> require(HttpResponse<String> answer) {
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(answer + ": " + answer.body());
            }
            return answer;
        }

        private static byte[] site() throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
                byte[] page = "<h1>benchmark</h1>".getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry("index.html");
                entry.setSize(page.length);
                tar.putArchiveEntry(entry);
                tar.write(page);
                tar.closeArchiveEntry();
            }
            return bytes.toByteArray();
        }
    }
}
