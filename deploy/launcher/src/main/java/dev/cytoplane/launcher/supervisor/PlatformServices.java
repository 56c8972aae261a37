package dev.cytoplane.launcher.supervisor;

import dev.cytoplane.cli.api.Http;
import dev.cytoplane.cli.home.Home;
import dev.cytoplane.launcher.keycloak.KeycloakService;
import dev.cytoplane.launcher.platform.Credentials;
import dev.cytoplane.launcher.platform.Installation;
import dev.cytoplane.launcher.platform.Platform;
import dev.cytoplane.launcher.postgres.PostgresService;
import dev.cytoplane.launcher.registration.LauncherSignIn;
import dev.cytoplane.launcher.registration.LocalDataPlane;
import dev.cytoplane.launcher.service.ControlPlaneService;
import dev.cytoplane.launcher.service.DataPlaneService;
import dev.cytoplane.launcher.service.Probe;
import dev.cytoplane.launcher.service.Service;
import dev.cytoplane.launcher.service.Toolchains;
import java.util.List;

/** The services of the platform, in the order in which they are shown. */
public final class PlatformServices {

    private PlatformServices() {}

    public static List<Service> of(
            Home home, Platform platform, Credentials credentials, Installation installation, Toolchains toolchains) {
        Probe probe = new Probe();
        return List.of(
                new PostgresService(home, platform, credentials, installation),
                new KeycloakService(home, platform, credentials, installation, probe),
                new ControlPlaneService(home, platform, credentials, installation, toolchains, probe),
                new DataPlaneService(
                        home,
                        platform,
                        installation,
                        toolchains,
                        new LocalDataPlane(home, new LauncherSignIn(platform, credentials, new Http())),
                        probe));
    }
}
