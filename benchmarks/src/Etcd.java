import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An etcd of one node with client certificates, spoken to by gRPC as its own clients do: one put, many watches. */
final class Etcd implements WatchLink.Watched, AutoCloseable {

    private static final String KEY = "/cells/site.bench.bench";
    private static final char[] PASSWORD = "benchmark".toCharArray();

    private final Path folder;
    private final String document;
    private final Process process;
    private final URI address;
    private final SSLContext tls;
    private final HttpClient writer;
    private final List<HttpClient> watches = new ArrayList<>();

    Etcd(Path folder, String document) throws Exception {
        this.folder = Files.createDirectories(folder);
        this.document = document;
        certificates();
        tls = tls();
        address = URI.create("https://localhost:" + freePort());
        String peer = "http://127.0.0.1:" + freePort();
        process = new ProcessBuilder(
                        "etcd", "--name", "benchmark", "--data-dir", folder.resolve("data").toString(),
                        "--listen-client-urls", address.toString().replace("localhost", "127.0.0.1"),
                        "--advertise-client-urls", address.toString(), "--listen-peer-urls", peer,
                        "--initial-advertise-peer-urls", peer, "--initial-cluster", "benchmark=" + peer,
                        "--client-cert-auth", "--trusted-ca-file", "ca.pem", "--cert-file", "etcd.pem", "--key-file",
                        "etcd.key")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("etcd.log").toFile())
                .start();
        // Also when the benchmark is interrupted.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        writer = client();
        for (int attempt = 0; ; attempt++) {
            try {
                change("is it up");
                return;
            } catch (IOException e) {
                if (attempt == 100 || !process.isAlive()) {
                    throw new IllegalStateException(Files.readString(folder.resolve("etcd.log")), e);
                }
                Thread.sleep(100);
            }
        }
    }

    String version() throws Exception {
        return output("etcd", "--version").lines().findFirst().orElse("etcd");
    }

    @Override
    public String name() {
        return "etcd";
    }

    @Override
    public void open(Arrivals arrivals) throws Exception {
        HttpClient own = client();
        watches.add(own);
        // WatchRequest.create_request.key
        byte[] request = field(1, field(1, KEY.getBytes(StandardCharsets.UTF_8)));
        HttpResponse<InputStream> answer = call(own, "/etcdserverpb.Watch/Watch", request, BodyHandlers.ofInputStream());
        Arrivals.Messages messages = frames(answer.body());
        messages.next(); // The watch is made.
        arrivals.follow(messages);
    }

    @Override
    public void change(String mark) throws Exception {
        byte[] value = (document + mark).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream put = new ByteArrayOutputStream();
        put.writeBytes(field(1, KEY.getBytes(StandardCharsets.UTF_8)));
        put.writeBytes(field(2, value));
        HttpResponse<byte[]> answer =
                call(writer, "/etcdserverpb.KV/Put", put.toByteArray(), BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200 || answer.body().length == 0) {
            throw new IOException("etcd answered " + answer + " " + answer.headers().map());
        }
    }

    @Override
    public void settle(String received) {}

    private <T> HttpResponse<T> call(
            HttpClient client, String method, byte[] message, HttpResponse.BodyHandler<T> handler) throws Exception {
        byte[] frame = ByteBuffer.allocate(5 + message.length)
                .put((byte) 0)
                .putInt(message.length)
                .put(message)
                .array();
        return client.send(
                HttpRequest.newBuilder(address.resolve(method))
                        .header("Content-Type", "application/grpc")
                        .header("TE", "trailers")
                        .POST(BodyPublishers.ofByteArray(frame))
                        .build(),
                handler);
    }

    /** A protobuf field of bytes. */
    private static byte[] field(int number, byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(number << 3 | 2);
        int length = content.length;
        while (length > 0x7f) {
            bytes.write(length & 0x7f | 0x80);
            length >>>= 7;
        }
        bytes.write(length);
        bytes.writeBytes(content);
        return bytes.toByteArray();
    }

    private static Arrivals.Messages frames(InputStream body) {
        DataInputStream in = new DataInputStream(new BufferedInputStream(body));
        return () -> {
            try {
                in.readByte();
                return in.readNBytes(in.readInt());
            } catch (EOFException e) {
                return null;
            }
        };
    }

    private HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(tls)
                .build();
    }

    private void certificates() throws Exception {
        Files.writeString(folder.resolve("names"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                "-subj", "/CN=benchmark", "-keyout", "ca.key", "-out", "ca.pem");
        for (String name : List.of("etcd", "client")) {
            openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=" + name,
                    "-keyout", name + ".key", "-out", name + ".csr");
            openssl("x509", "-req", "-in", name + ".csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
                    "-days", "2", "-extfile", "names", "-out", name + ".pem");
        }
        openssl("pkcs12", "-export", "-in", "client.pem", "-inkey", "client.key", "-passout",
                "pass:" + new String(PASSWORD), "-out", "client.p12");
    }

    private SSLContext tls() throws Exception {
        KeyStore keys = KeyStore.getInstance(folder.resolve("client.p12").toFile(), PASSWORD);
        KeyManagerFactory key = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        key.init(keys, PASSWORD);
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        try (InputStream in = Files.newInputStream(folder.resolve("ca.pem"))) {
            roots.setCertificateEntry(
                    "ca", java.security.cert.CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(roots);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(key.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private void openssl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        output(command.toArray(String[]::new));
    }

    private String output(String... command) throws Exception {
        Process started = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (started.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ":\n" + output);
        }
        return output;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void closeWatches() {
        watches.forEach(HttpClient::shutdownNow);
        watches.clear();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
