package dev.cytoplane.launcher.registration;

import dev.cytoplane.cli.api.Api;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.home.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/**
 * The data plane {@code local}. Until it has joined, it is given a one-time token, in a file that its process reads at
 * its start and that is deleted once it has joined.
 */
public final class LocalDataPlane {

    public static final String NAME = "local";
    private static final String DOMAIN = "localhost";

    private final Path state;
    private final LauncherSignIn signIn;

    public LocalDataPlane(Home home, LauncherSignIn signIn) {
        this.state = home.file("data-plane");
        this.signIn = signIn;
    }

    /** What the process reads for the join, in Spring's properties form. */
    public Path joinFile() {
        return state.resolve("join.properties");
    }

    /** It has its certificates, and can start without the control plane. */
    public boolean hasJoined() {
        return Files.exists(state.resolve("identity/identity.json"));
    }

    /** Registers it, or, when that was done and it never joined, gives it a new token. */
    public void admit() {
        Api api = signIn.asLauncher();
        String path = Api.path("data-planes", NAME);
        JsonNode admitted = api.exists(path)
                ? api.post(path + "/join-token", Json.object())
                : api.post("/data-planes", Json.object().put("name", NAME).put("domain", DOMAIN));
        String properties = "cytoplane.data-plane.join-token=" + Json.text(admitted, "joinToken") + "\n"
                + "cytoplane.data-plane.ca-fingerprint=" + Json.text(admitted, "caFingerprint") + "\n";
        Home.write(joinFile(), properties.getBytes(StandardCharsets.ISO_8859_1));
    }

    public boolean isConnected() {
        return Json.text(signIn.asLauncher().get(Api.path("data-planes", NAME)), "status")
                .equals("CONNECTED");
    }

    public void forgetToken() throws IOException {
        Files.deleteIfExists(joinFile());
    }
}
