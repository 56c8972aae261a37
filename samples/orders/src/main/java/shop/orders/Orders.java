package shop.orders;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executors;

/** Starts the service. The platform tells where: HOST and PORT to listen on, DATA_DIR to keep orders in. */
public final class Orders {

    private static final int GRACE_SECONDS = 5;

    private Orders() {}

    static void main() throws IOException {
        Map<String, String> environment = System.getenv();
        // Without it, a small answer waits for the acknowledgement of the one before.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        var journal = new Journal(Path.of(environment.getOrDefault("DATA_DIR", "data")), Clock.systemUTC());
        var address = new InetSocketAddress(
                environment.getOrDefault("HOST", "0.0.0.0"),
                Integer.parseInt(environment.getOrDefault("PORT", "8080")));
        HttpServer server = HttpServer.create(address, 0);
        server.createContext("/", new Api(journal));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        // On SIGTERM, calls that are under way are still answered.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(GRACE_SECONDS)));
        server.start();
        System.out.println("Orders on port " + server.getAddress().getPort());
    }
}
