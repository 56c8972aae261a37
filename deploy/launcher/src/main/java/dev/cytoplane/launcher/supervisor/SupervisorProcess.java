package dev.cytoplane.launcher.supervisor;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.home.Home;
import dev.cytoplane.launcher.platform.Installation;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The supervisor as seen from another process: started in the background, followed through its file, ended by a signal. */
public final class SupervisorProcess {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration FIRST_SIGN = Duration.ofSeconds(30);
    private static final List<String> FLAGS = List.of(
            "-Xmx48m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseCompactObjectHeaders",
            "-XX:ReservedCodeCacheSize=24m",
            "--enable-native-access=ALL-UNNAMED");

    private final Home home;

    public SupervisorProcess(Home home) {
        this.home = home;
    }

    /** The state of a supervisor that runs. */
    public Optional<SupervisorState> running() {
        return SupervisorState.read(home).filter(SupervisorState::isLive);
    }

    /** Starts one that outlives this process and its terminal. When another is faster, this one ends by itself. */
    public Process start(Installation installation, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        Path setsid = Path.of("/usr/bin/setsid");
        if (Files.isExecutable(setsid)) {
            command.add(setsid.toString());
        } else {
            command.addAll(List.of("/bin/sh", "-c", "trap '' HUP INT; exec \"$@\"", "sh"));
        }
        command.add(Installation.java().toString());
        command.addAll(FLAGS);
        command.add("-D" + Installation.PROPERTY + "=" + installation.root());
        command.add("-Dcytoplane.log=INFO");
        command.add("-cp");
        command.add(installation.classPath("deploy/launcher").stream()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator)));
        command.addAll(List.of(
                "dev.cytoplane.launcher.Main",
                "up",
                "--foreground",
                "--home",
                home.root().toString()));
        command.addAll(arguments);
        Path log = home.folder("logs").resolve("supervisor.log");
        return new ProcessBuilder(command)
                .directory(home.root().toFile())
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()))
                .start();
    }

    /**
     * Follows the start of a supervisor until it is ready.
     *
     * @param changed gets each state that differs from the one before
     * @throws Failure when it fails, or ends
     */
    public SupervisorState awaitReady(Consumer<SupervisorState> changed) {
        Instant deadline = Instant.now().plus(FIRST_SIGN);
        SupervisorState last = null;
        while (true) {
            Optional<SupervisorState> seen = SupervisorState.read(home);
            Optional<SupervisorState> live = seen.filter(SupervisorState::isLive);
            if (live.isPresent() && !live.get().equals(last)) {
                last = live.get();
                changed.accept(last);
            }
            if (live.isPresent() && last != null && last.phase() == SupervisorState.Phase.READY) {
                return last;
            }
            if (last != null
                    && seen.isPresent()
                    && seen.get().pid() == last.pid()
                    && seen.get().phase() == SupervisorState.Phase.FAILED
                    && live.isEmpty()) {
                throw new Failure(
                        ExitCode.FAILED,
                        "The platform did not start: " + seen.get().message(),
                        "cyto logs --service NAME shows what a service said; cyto doctor checks this machine.");
            }
            if (live.isEmpty() && (last != null || Instant.now().isAfter(deadline))) {
                throw new Failure(
                        ExitCode.FAILED,
                        "The supervisor ended before the platform was ready.",
                        "See " + home.file("logs").resolve("supervisor.log"));
            }
            sleep();
        }
    }

    /** Returns when no supervisor runs that is on its way out. */
    public void awaitEnd() {
        while (running()
                .filter(state -> state.phase() == SupervisorState.Phase.STOPPING
                        || state.phase() == SupervisorState.Phase.FAILED)
                .isPresent()) {
            sleep();
        }
    }

    /** Asks a supervisor to stop everything, and follows it until it has ended. */
    public void stop(SupervisorState running, Consumer<SupervisorState> changed) {
        ProcessHandle process = ProcessHandle.of(running.pid()).orElse(null);
        if (process == null) {
            return;
        }
        process.destroy();
        while (running.isLive()) {
            SupervisorState.read(home).ifPresent(changed);
            sleep();
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.INTERRUPTED, "Interrupted.");
        }
    }
}
