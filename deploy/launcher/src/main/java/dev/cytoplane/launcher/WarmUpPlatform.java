package dev.cytoplane.launcher;

import dev.cytoplane.cli.home.Home;
import dev.cytoplane.cli.warmup.Answers;
import dev.cytoplane.cli.warmup.WarmUp;
import dev.cytoplane.launcher.platform.Folders;
import dev.cytoplane.launcher.platform.Platform;
import dev.cytoplane.launcher.platform.PortName;
import dev.cytoplane.process.ProcessSpec;
import dev.cytoplane.process.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A platform that has a state folder and processes and does nothing, for the training of the AOT cache. */
final class WarmUpPlatform {

    private static final String ANSWER = """
            {"items": [{"name": "acme", "status": "CONNECTED", "environment": "development", "dataPlane": "local",
              "version": 1, "cell": "shop", "component": "api", "visibility": "public", "health": "HEALTHY",
              "release": "r-1", "url": "http://localhost", "document": {}}], "nextCursor": null, "access_token": "none"}
            """;

    private WarmUpPlatform() {}

    /** Looks at it as a person does. */
    static void use() throws IOException {
        Path folder = Files.createTempDirectory("cyto-warm-up");
        Home home = new Home(folder);
        Platform platform = Platform.choose(home, Map.of(), Optional.empty(), new SecureRandom());
        try (Processes services = new Processes(home.folder("run/processes"));
                Processes gateway = new Processes(home.folder("data-plane/gateway/process"));
                Answers keycloak = Answers.on(platform.port(PortName.KEYCLOAK), ANSWER);
                Answers controlPlane = Answers.on(platform.port(PortName.API), ANSWER);
                Answers readiness = Answers.on(platform.port(PortName.GATEWAY_MANAGEMENT), ANSWER)) {
            try {
                for (String service : List.of("postgres", "keycloak", "control-plane")) {
                    services.start(sleep(service, folder));
                }
                gateway.start(sleep("gateway", folder));
                WarmUp.run(Map.of("CYTOPLANE_HOME", folder.toString()), List.of("status"));
                WarmUp.run(Map.of("CYTOPLANE_HOME", folder.toString()), List.of("status", "--services", "-o", "json"));
            } finally {
                services.endOrphans(Set.of(), Duration.ZERO).join();
                gateway.endOrphans(Set.of(), Duration.ZERO).join();
            }
        } finally {
            Folders.delete(folder);
        }
    }

    private static ProcessSpec sleep(String name, Path folder) {
        return new ProcessSpec(
                name, List.of("sleep", "60"), folder, Map.of("PATH", "/usr/bin:/bin"), folder.resolve(name + ".log"));
    }
}
