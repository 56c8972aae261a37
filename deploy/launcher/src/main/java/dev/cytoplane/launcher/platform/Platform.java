package dev.cytoplane.launcher.platform;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.home.Home;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a state folder's platform is called on the network. Chosen when it is first started, kept in {@code platform.json}.
 *
 * @param otlpEndpoint base URL of an OTLP/HTTP receiver that the signals go to
 */
public record Platform(Map<PortName, Integer> ports, Optional<String> otlpEndpoint) {

    private static final String FILE = "platform.json";

    public Platform {
        ports = Map.copyOf(ports);
    }

    public int port(PortName name) {
        return Objects.requireNonNull(ports.get(name));
    }

    /** Public address of REST and Git. */
    public URI apiUrl() {
        return http(PortName.API);
    }

    public URI keycloakUrl() {
        return http(PortName.KEYCLOAK);
    }

    public URI webhookUrl() {
        return http(PortName.WEBHOOK);
    }

    public URI linkUrl() {
        return URI.create("https://localhost:" + port(PortName.LINK));
    }

    public URI issuer() {
        return keycloakUrl().resolve("/realms/cytoplane");
    }

    private URI http(PortName name) {
        return URI.create("http://localhost:" + port(name));
    }

    public static Optional<Platform> read(Home home) {
        try {
            JsonNode document = Json.parse(Files.readString(home.file(FILE)));
            Map<PortName, Integer> ports = new EnumMap<>(PortName.class);
            for (PortName name : PortName.values()) {
                JsonNode port = document.path("ports").get(name.flag());
                if (port != null) {
                    ports.put(name, port.asInt());
                }
            }
            Optional<String> otlp = Optional.ofNullable(Json.textOrNull(document, "otlpEndpoint"));
            return ports.size() == PortName.values().length ? Optional.of(new Platform(ports, otlp)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, "The file " + home.file(FILE) + " cannot be read.", null, e);
        }
    }

    /**
     * The platform of a home, made on first use. What is wanted replaces what was chosen before.
     *
     * @param otlpEndpoint empty to leave it; {@code none} to have none any more
     */
    public static Platform choose(
            Home home, Map<PortName, Integer> wanted, Optional<String> otlpEndpoint, RandomGenerator random) {
        Optional<Platform> known = read(home);
        Optional<String> otlp = otlpEndpoint
                .or(() -> known.flatMap(Platform::otlpEndpoint))
                .filter(endpoint -> !endpoint.equals("none"));
        if (known.isPresent()
                && known.get().ports.entrySet().containsAll(wanted.entrySet())
                && known.get().otlpEndpoint.equals(otlp)) {
            return known.get();
        }
        Ports free = new Ports(random);
        Map<PortName, Integer> ports = new EnumMap<>(PortName.class);
        for (PortName name : PortName.values()) {
            Integer wish = wanted.get(name);
            if (wish != null) {
                ports.put(name, wish);
            } else if (known.isPresent()) {
                ports.put(name, known.get().port(name));
            } else {
                // Well-known numbers only for the usual home: other homes are for tests and trials, often many at once.
                ports.put(name, free.choose(home.isStandard() ? name.preferred() : 0));
            }
        }
        Platform chosen = new Platform(ports, otlp);
        chosen.write(home);
        return chosen;
    }

    private void write(Home home) {
        ObjectNode document = Json.object();
        ObjectNode numbers = document.putObject("ports");
        for (PortName name : PortName.values()) {
            numbers.put(name.flag(), port(name));
        }
        ObjectNode addresses = document.putObject("addresses");
        addresses.put("api", apiUrl().toString());
        addresses.put("signIn", issuer().toString());
        addresses.put("webhooks", webhookUrl().toString());
        addresses.put("link", linkUrl().toString());
        otlpEndpoint.ifPresent(endpoint -> document.put("otlpEndpoint", endpoint));
        Path file = home.file(FILE);
        Home.write(file, (Json.pretty(document) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Nobody listens there. */
    public boolean isFree(PortName name) {
        return Ports.isFree(port(name));
    }

    /** @throws Failure when somebody who is not ours listens there */
    public void requireFree(PortName name) {
        if (!Ports.isFree(port(name))) {
            throw new Failure(
                    ExitCode.FAILED,
                    "The port " + port(name) + " (" + name.purpose() + ") is used by another program.",
                    "End that program, or choose another port: cyto up --" + name.flag() + " PORT");
        }
    }
}
