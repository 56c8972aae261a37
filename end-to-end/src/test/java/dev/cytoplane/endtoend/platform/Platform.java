package dev.cytoplane.endtoend.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The running platform, and how it is reached. Given to tests by {@link WithPlatform}. */
public final class Platform implements AutoCloseable {

    private final Path root;
    private final Path home;
    private final OtlpReceiver telemetry;
    private final Runnable end;
    private final Cyto cyto;
    private final Http http = Http.plain();
    private final Tokens tokens;
    private final JsonNode settings;
    private Cyto.@Nullable Result demo;

    Platform(Path root, Path home, OtlpReceiver telemetry, Cyto.@Nullable Result demo, Runnable end) {
        this.root = root;
        this.home = home;
        this.telemetry = telemetry;
        this.demo = demo;
        this.end = end;
        this.cyto = new Cyto(root, home);
        this.settings = read("platform.json");
        this.tokens = new Tokens(http, address("signIn"), read("credentials"));
    }

    /** The root of the repository. */
    public Path root() {
        return root;
    }

    /** The state folder. */
    public Path home() {
        return home;
    }

    /** What {@code ./cyto demo} printed; it is run now where it was not before. */
    public synchronized Cyto.Result demo() {
        if (demo == null) {
            demo = cyto.run("", PlatformStart.LIMIT, "demo").expect(0);
        }
        return demo;
    }

    /** Signed in as the launcher is. */
    public Cyto cyto() {
        return cyto;
    }

    /** The REST API, called by the launcher's service account: a platform administrator who owns the demo. */
    public Api api() {
        return new Api(http, address("api"), tokens::launcher);
    }

    /** HTTP without TLS. */
    public Http http() {
        return http;
    }

    /** HTTP that trusts the platform's CA, and nothing else. */
    public Http https() {
        return Http.trusting(authority());
    }

    public Tokens tokens() {
        return tokens;
    }

    public Services services() {
        return new Services(cyto);
    }

    public ProcessTable processes() {
        return new ProcessTable(home);
    }

    public Logs logs() {
        return new Logs(home.resolve("logs"));
    }

    /** What the platform sent over OTLP. */
    public OtlpReceiver telemetry() {
        return telemetry;
    }

    /** An organization of its own for a test, with a project {@code shop}. */
    public Sandbox sandbox(String name) {
        return Sandbox.create(api(), http, root, name);
    }

    /** @param name api, signIn, webhooks or link */
    public String address(String name) {
        return settings.path("addresses").path(name).asString();
    }

    /** @param name as the flag that sets it: http-port, https-port, postgres-port… */
    public int port(String name) {
        return settings.path("ports").path(name).asInt();
    }

    /** The public root certificate of the platform. */
    public Path authority() {
        return home.resolve("control-plane/keys/ca.crt");
    }

    private JsonNode read(String file) {
        try {
            return Json.read(Files.readString(home.resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        end.run();
    }
}
