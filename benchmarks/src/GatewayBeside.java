import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Both proxies stand before the same upstream and are asked in turns, so that what disturbs one disturbs the other. */
class GatewayBeside {

    private static final String HOST = "shop.benchmark.localhost";
    private static final int BODY = 1024;
    private static final int CONNECTIONS = 64;

    record Proxy(String name, String url, long pid) {}

    record Round(double requestsPerSecond, double requestsPerCpuSecond, String median, String p99) {}

    private final Path root;
    private final Path folder;
    private final List<Process> started = new ArrayList<>();

    GatewayBeside(Path root) throws IOException {
        this.root = root;
        this.folder = Files.createTempDirectory("cytoplane-gateway-benchmark");
    }

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        int seconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 8;
        GatewayBeside benchmark = new GatewayBeside(Path.of(arguments[0]));
        // Also when this is interrupted.
        Runtime.getRuntime().addShutdownHook(new Thread(benchmark::end));
        benchmark.run(rounds, seconds);
    }

    private void run(int rounds, int seconds) throws Exception {
        int upstream = freePort();
        nginx("upstream", """
                server { listen 127.0.0.1:%d reuseport; location / { return 200 '%s'; } }
                """.formatted(upstream, "x".repeat(BODY)));
        List<Proxy> proxies = List.of(nginxProxy(upstream), gateway(upstream));
        System.out.println(Machine.description());
        System.out.printf(
                "HTTP/1.1 without TLS, %d connections, %d bytes; %d rounds of %d s each, in turns%n%n",
                CONNECTIONS, BODY, rounds, seconds);
        for (Proxy proxy : proxies) {
            measure(proxy, Math.max(seconds, 15)); // The JIT compiler's time, and nginx's fair share of it.
        }
        List<List<Round>> results = List.of(new ArrayList<>(), new ArrayList<>());
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < proxies.size(); i++) {
                results.get(i).add(measure(proxies.get(i), seconds));
            }
        }
        print(proxies, results);
    }

    private static void print(List<Proxy> proxies, List<List<Round>> results) {
        System.out.printf("%-14s %12s %16s %8s %8s %8s%n", "", "requests/s", "requests/CPU s", "median", "p99", "memory");
        double[] perSecond = new double[2];
        double[] perCpu = new double[2];
        for (int i = 0; i < proxies.size(); i++) {
            List<Round> rounds = results.get(i);
            perSecond[i] = median(rounds.stream().map(Round::requestsPerSecond).toList());
            perCpu[i] = median(rounds.stream().map(Round::requestsPerCpuSecond).toList());
            Round middle = rounds.get(rounds.size() / 2);
            long memory = Machine.withDescendants(proxies.get(i).pid()).stream()
                    .mapToLong(Machine::pssMebibytes)
                    .sum();
            System.out.printf(
                    "%-14s %,12.0f %,16.0f %8s %8s %5d MiB%n",
                    proxies.get(i).name(), perSecond[i], perCpu[i], middle.median(), middle.p99(), memory);
        }
        System.out.printf(
                "%nratio to nginx: %.2f by requests per second, %.2f by requests per CPU second of the proxy%n",
                perSecond[1] / perSecond[0], perCpu[1] / perCpu[0]);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted(Comparator.naturalOrder()).toList();
        return sorted.get(sorted.size() / 2);
    }

    private Proxy nginxProxy(int upstream) throws Exception {
        int port = freePort();
        Process process = nginx("proxy", """
                upstream target { server 127.0.0.1:%d; keepalive 64; }
                server {
                  listen 127.0.0.1:%d reuseport;
                  server_name %s;
                  location /hello/ {
                    proxy_pass http://target/;
                    proxy_http_version 1.1;
                    proxy_set_header Connection "";
                    proxy_set_header Host $host;
                    proxy_set_header X-Forwarded-For $remote_addr;
                    proxy_set_header X-Forwarded-Proto $scheme;
                  }
                }
                """.formatted(upstream, port, HOST));
        return ready(new Proxy("nginx", "http://127.0.0.1:" + port + "/hello/", process.pid()));
    }

    private Process nginx(String name, String servers) throws IOException {
        Path home = Files.createDirectories(folder.resolve(name));
        Path configuration = Files.writeString(home.resolve("nginx.conf"), """
                daemon off;
                worker_processes auto;
                pid nginx.pid;
                error_log error.log;
                events { worker_connections 1024; }
                http {
                  access_log off;
                  keepalive_requests 1000000;
                  client_body_temp_path body; proxy_temp_path proxy;
                  fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
                  %s
                }
                """.formatted(servers));
        return start(home, "nginx", "-p", home.toString(), "-e", "error.log", "-c", configuration.toString());
    }

    private Proxy gateway(int upstream) throws Exception {
        Path home = Files.createDirectories(folder.resolve("gateway"));
        Process certificate = start(
                home, "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-days", "2", "-subj", "/CN=" + HOST, "-addext",
                "subjectAltName=DNS:" + HOST + ",URI:spiffe://benchmark/acme/benchmark/shop",
                "-keyout", "key.pem", "-out", "certificate.pem");
        if (certificate.waitFor() != 0) {
            throw new IllegalStateException("openssl failed");
        }
        int port = freePort();
        Files.writeString(home.resolve("configuration.json"), """
                {"generation": 1,
                 "entry": {"address": "127.0.0.1", "httpPort": %d},
                 "trustBundleFile": "certificate.pem",
                 "cells": [{
                   "cell": "shop.benchmark.acme", "version": 1,
                   "identity": "spiffe://benchmark/acme/benchmark/shop", "host": "%s",
                   "certificateFile": "certificate.pem", "keyFile": "key.pem",
                   "westboundPort": %d, "outboundPort": %d,
                   "publicRoutes": [{
                     "component": "hello", "endpoint": "http", "release": "r-000000000000", "path": "/hello",
                     "upstream": {"basePath": "/", "targets": ["127.0.0.1:%d"]}}],
                   "westboundRoutes": [], "outboundRoutes": []}]}
                """.formatted(port, HOST, freePort(), freePort(), upstream));
        Path target = root.resolve("cell-gateway/target");
        // The flags with which the data plane starts it.
        Process process = start(
                home,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-Xmx64m", "-XX:+UseCompactObjectHeaders", "-XX:MaxDirectMemorySize=32m",
                "-Xss512k", "-XX:ReservedCodeCacheSize=48m", "--enable-native-access=ALL-UNNAMED",
                "-Dcytoplane.gateway.directory=" + home,
                "-Dcytoplane.gateway.state=" + home.resolve("state"),
                "-cp", target.resolve("cell-gateway-0.1.0-SNAPSHOT.jar") + File.pathSeparator + target.resolve("lib") + "/*",
                "dev.cytoplane.gateway.CellGateway");
        return ready(new Proxy("cell gateway", "http://127.0.0.1:" + port + "/hello/", process.pid()));
    }

    private static Proxy ready(Proxy proxy) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int attempt = 0; attempt < 300; attempt++) {
                try {
                    int status = client.send(request(proxy), BodyHandlers.ofString()).statusCode();
                    if (status == 200) {
                        return proxy;
                    }
                } catch (IOException e) {
                    // Not yet.
                }
                Thread.sleep(100);
            }
        }
        throw new IllegalStateException(proxy.name() + " does not answer at " + proxy.url());
    }

    /** The JDK's client may set Host only when it is told so at its start: see the script. */
    private static HttpRequest request(Proxy proxy) {
        return HttpRequest.newBuilder(URI.create(proxy.url())).setHeader("Host", HOST).build();
    }

    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
    private static final Pattern TOTAL = Pattern.compile("(\\d+) requests in");
    private static final Pattern FAILED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)|Socket errors: (.*)");

    private Round measure(Proxy proxy, int seconds) throws Exception {
        double before = Machine.cpuSeconds(proxy.pid());
        Process wrk = new ProcessBuilder(
                        "wrk", "--latency", "-t2", "-c" + CONNECTIONS, "-d" + seconds + "s", "-H", "Host: " + HOST,
                        proxy.url())
                .redirectErrorStream(true)
                .start();
        String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        double cpu = Machine.cpuSeconds(proxy.pid()) - before;
        Matcher failed = FAILED.matcher(output);
        if (wrk.waitFor() != 0 || failed.find()) {
            throw new IllegalStateException(proxy.name() + ":\n" + output);
        }
        return new Round(
                Double.parseDouble(first(RATE, output)),
                Double.parseDouble(first(TOTAL, output)) / cpu,
                first(Pattern.compile("50%\\s+(\\S+)"), output),
                first(Pattern.compile("99%\\s+(\\S+)"), output));
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("wrk printed something else:\n" + text);
        }
        return matcher.group(1);
    }

    private Process start(Path home, String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("output.log").toFile())
                .start();
        started.add(process);
        return process;
    }

    private void end() {
        started.forEach(Process::destroy);
        for (Process process : started) {
            process.onExit()
                    .orTimeout(5, TimeUnit.SECONDS)
                    .exceptionally(e -> process.destroyForcibly())
                    .join();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
