package dev.cytoplane.dataplane.site;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/**
 * Serves the files of a static artifact on {@code $HOST:$PORT}, in a small process of its own. It uses nothing but the
 * JDK: every class more would be memory for each static site.
 */
public final class StaticServer {

    private StaticServer() {}

    /** @param site the folder with the files, where the process runs */
    public static List<String> command(String java, String classPath, String site) {
        return List.of(
                java,
                "-Xmx24m",
                "-Xss256k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=16m",
                "-Xshare:auto",
                "-cp",
                classPath,
                StaticServer.class.getName(),
                site);
    }

    /** Where the classes of this server are: a folder or a jar. */
    public static String classPath() {
        try {
            return Path.of(StaticServer.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The folder with the site; and, where its files have no dates of their own, the digest of the whole site. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int port = Integer.parseInt(System.getenv("PORT"));
        String host = System.getenv().getOrDefault("HOST", "127.0.0.1");
        HttpServer server = start(
                Path.of(arguments[0]),
                arguments.length > 1 ? Validators.ofSite(arguments[1]) : Validators.OF_FILES,
                new InetSocketAddress(host, port));
        System.out.println("Serving " + server.getAddress());
        CountDownLatch stopped = new CountDownLatch(1);
        java.lang.Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.stop(2);
            stopped.countDown();
        }));
        stopped.await();
    }

    static HttpServer start(Path site, Validators validators, InetSocketAddress address) throws IOException {
        HttpServer server = HttpServer.create(address, 128);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", new StaticFiles(site, validators));
        server.start();
        return server;
    }
}
