package dev.cytoplane.launcher.command;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.home.Home;
import dev.cytoplane.launcher.platform.Credentials;
import dev.cytoplane.launcher.platform.Installation;
import dev.cytoplane.launcher.platform.Platform;
import dev.cytoplane.launcher.platform.PortName;
import dev.cytoplane.launcher.registration.LauncherSignIn;
import dev.cytoplane.launcher.registration.LocalContext;
import dev.cytoplane.launcher.service.Toolchains;
import dev.cytoplane.launcher.supervisor.PlatformServices;
import dev.cytoplane.launcher.supervisor.Supervisor;
import dev.cytoplane.launcher.supervisor.SupervisorProcess;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;

/** The supervisor in this process, until SIGTERM or Ctrl-C. */
final class Foreground {

    private final Session session;

    Foreground(Session session) {
        this.session = session;
    }

    int run(Map<PortName, Integer> ports, Optional<String> otlpEndpoint) throws IOException, InterruptedException {
        Home home = session.home();
        Optional<FileLock> lock = Supervisor.lock(home);
        if (lock.isEmpty()) {
            session.output().note("Another command has the home " + home.root() + ".");
            return SupervisorProcess.TAKEN;
        }
        SecureRandom random = new SecureRandom();
        Platform platform = Platform.choose(home, ports, otlpEndpoint, random);
        Credentials credentials = new Credentials(home, random);
        Supervisor supervisor = new Supervisor(
                home,
                platform,
                PlatformServices.of(
                        home, platform, credentials, Installation.find(), new Toolchains(session.environment())),
                localContext(platform, credentials)::ensure);
        Thread hook = Thread.ofPlatform().unstarted(supervisor::stop);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            supervisor.start();
        } catch (RuntimeException e) {
            supervisor.stop();
            supervisor.await();
            String why = supervisor.state().message();
            if (why == null) {
                return ExitCode.INTERRUPTED.number();
            }
            session.output().error("Error: the platform did not start: " + why);
            return ExitCode.FAILED.number();
        }
        supervisor.await();
        return ExitCode.OK.number();
    }

    private LocalContext localContext(Platform platform, Credentials credentials) {
        LauncherSignIn signIn = new LauncherSignIn(platform, credentials, session.http());
        return new LocalContext(platform, session.contexts(), signIn, session.http());
    }
}
