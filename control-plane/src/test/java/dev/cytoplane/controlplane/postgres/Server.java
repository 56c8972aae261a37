package dev.cytoplane.controlplane.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A PostgreSQL server and its superuser. */
record Server(String host, int port, String user, String password) {

    /** The variable that names a server to use: host:port, with its superuser in two more. */
    private static final String GIVEN = "CYTOPLANE_TEST_POSTGRES";

    private static final String IMAGE = "postgres:18-alpine";

    static Server find() {
        String given = System.getenv(GIVEN);
        if (given != null) {
            String[] address = given.split(":", 2);
            return new Server(
                    address[0],
                    Integer.parseInt(address[1]),
                    System.getenv().getOrDefault(GIVEN + "_USER", "postgres"),
                    System.getenv().getOrDefault(GIVEN + "_PASSWORD", ""));
        }
        return DockerClientFactory.instance().isDockerAvailable() ? inDocker() : here();
    }

    @SuppressWarnings("resource") // Ends with the JVM, by Testcontainers' own care.
    private static Server inDocker() {
        var container = new PostgreSQLContainer(IMAGE);
        container.start();
        return new Server(
                container.getHost(), container.getMappedPort(5432), container.getUsername(), container.getPassword());
    }

    private static Server here() {
        try {
            // Its own hook stops it when the JVM ends.
            var started = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("max_connections", "100")
                    .start();
            return new Server("localhost", started.getPort(), "postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL could not be started for the tests", e);
        }
    }

    String plainUrl(String database) {
        return "jdbc:postgresql://%s:%d/%s".formatted(host, port, database);
    }

    String url(String database) {
        Map<String, String> login = new HashMap<>(Map.of("user", user));
        if (!password.isEmpty()) {
            login.put("password", password);
        }
        StringBuilder url = new StringBuilder(plainUrl(database)).append('?');
        login.forEach(
                (name, value) -> url.append(name).append('=').append(value).append('&'));
        return url.toString();
    }
}
