package dev.cytoplane.launcher.supervisor;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.home.Home;
import dev.cytoplane.launcher.platform.Installation;
import dev.cytoplane.launcher.supervisor.SupervisorState.Phase;
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
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The supervisor as seen from another process: started in the background, followed through its file, ended by a signal.
 * For one command, which starts one at most.
 */
public final class SupervisorProcess {

    /** The exit code of a supervisor that finds the home taken: by another one, or by a command that ends one. */
    public static final int TAKEN = 75;

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration FIRST_SIGN = Duration.ofSeconds(60);
    /** Another command ends what is left of a platform; it takes the grace periods of all services at most. */
    private static final Duration OTHERS = Duration.ofMinutes(3);

    private static final Duration FORCED = Duration.ofSeconds(10);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final List<String> FLAGS = List.of(
            "-Xmx48m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseCompactObjectHeaders",
            "-XX:ReservedCodeCacheSize=24m",
            "--enable-native-access=ALL-UNNAMED");

    /** The AOT cache that this process was started with, set by the script {@code cyto}. */
    private static final String AOT_CACHE = "cytoplane.aot-cache";

    private final Home home;
    private final Installation installation;
    private volatile @Nullable Process child;

    public SupervisorProcess(Home home) {
        this(home, Installation.find());
    }

    SupervisorProcess(Home home, Installation installation) {
        this.home = home;
        this.installation = installation;
    }

    /** The state of a supervisor that runs. */
    public Optional<SupervisorState> running() {
        return SupervisorState.read(home).filter(SupervisorState::isLive);
    }

    /**
     * Returns when the platform is ready. Starts a supervisor when none runs; it outlives this process and its terminal.
     * When another command is faster, the platform that it starts is waited for.
     *
     * @param arguments of {@code cyto up}
     * @param changed gets each state that differs from the one before
     * @throws Failure when it fails, or ends
     */
    public void bringUp(List<String> arguments, Consumer<SupervisorState> changed) throws IOException {
        awaitEnd();
        if (running().isEmpty()) {
            child = start(arguments);
        }
        Instant deadline = Instant.now().plus(FIRST_SIGN);
        Instant patience = Instant.now().plus(OTHERS);
        SupervisorState last = null;
        while (true) {
            Optional<SupervisorState> live = running();
            if (live.isPresent() && !live.get().equals(last)) {
                last = live.get();
                changed.accept(last);
            }
            if (live.isPresent() && live.get().phase() == Phase.READY) {
                return;
            }
            Process started = child;
            boolean ended = started != null && !started.isAlive();
            boolean taken = started != null && !started.isAlive() && started.exitValue() == TAKEN;
            if (live.isEmpty() && last == null && taken) {
                // Whoever has the home has not said yet what it does there, or is about to leave it.
                if (Instant.now().isAfter(patience)) {
                    throw new Failure(
                            ExitCode.FAILED,
                            "Another command starts or stops the platform in " + home.root() + ".",
                            "Try again when it has ended.");
                }
                pause(AGAIN);
                if (running().isEmpty()) {
                    child = start(arguments);
                    deadline = Instant.now().plus(FIRST_SIGN);
                }
            } else if (live.isEmpty() && (last != null || ended || Instant.now().isAfter(deadline))) {
                throw failure(last);
            }
            pause(POLL);
        }
    }

    private Process start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        Path setsid = Path.of("/usr/bin/setsid");
        if (Files.isExecutable(setsid)) {
            command.add(setsid.toString());
        } else {
            command.addAll(List.of("/bin/sh", "-c", "trap '' HUP INT; exec \"$@\"", "sh"));
        }
        command.add(Installation.java().toString());
        command.addAll(FLAGS);
        // It is this program once more, so the cache that the script found to fit fits it as well.
        String cache = System.getProperty(AOT_CACHE);
        if (cache != null) {
            command.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off"));
        }
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

    private Failure failure(@Nullable SupervisorState last) {
        Process started = child;
        long pid = last != null ? last.pid() : started != null ? started.pid() : 0;
        return SupervisorState.read(home)
                .filter(state -> state.pid() == pid && state.phase() == Phase.FAILED)
                .map(state -> new Failure(
                        ExitCode.FAILED,
                        "The platform did not start: " + state.message(),
                        "cyto logs --service NAME shows what a service said; cyto doctor checks this machine."))
                .orElseGet(() -> new Failure(
                        ExitCode.FAILED,
                        "The supervisor ended before the platform was ready.",
                        "See " + home.file("logs").resolve("supervisor.log")));
    }

    /** {@link #bringUp} started the supervisor, and it runs. */
    public boolean isOurs() {
        Process started = child;
        return started != null && started.isAlive();
    }

    /** Stops the supervisor that {@link #bringUp} started, however far it has come; another command's is left alone. */
    public void takeBack() {
        Process started = child;
        if (started == null) {
            return;
        }
        started.destroy();
        try {
            if (!started.waitFor(OTHERS.toSeconds(), TimeUnit.SECONDS)) {
                started.destroyForcibly().waitFor(FORCED.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when no supervisor runs that is on its way out. */
    private void awaitEnd() {
        Instant deadline = Instant.now().plus(OTHERS);
        while (running()
                .filter(state -> state.phase() == Phase.STOPPING || state.phase() == Phase.FAILED)
                .isPresent()) {
            if (Instant.now().isAfter(deadline)) {
                throw new Failure(
                        ExitCode.FAILED, "The supervisor does not end.", "End it: cyto down. Then repeat this.");
            }
            pause(POLL);
        }
    }

    /**
     * Asks a supervisor to stop everything, and follows it until it has ended. One that does not hear is ended by force;
     * what it leaves is for {@link LeftOver}.
     */
    public void stop(SupervisorState running, Consumer<SupervisorState> changed) {
        ProcessHandle process = ProcessHandle.of(running.pid()).orElse(null);
        if (process == null) {
            return;
        }
        process.destroy();
        Instant deadline = Instant.now().plus(OTHERS);
        boolean forced = false;
        while (running.isLive()) {
            SupervisorState.read(home).ifPresent(changed);
            if (Instant.now().isAfter(deadline)) {
                if (forced) {
                    throw new Failure(ExitCode.FAILED, "The supervisor, process " + running.pid() + ", does not end.");
                }
                process.destroyForcibly();
                forced = true;
                deadline = Instant.now().plus(FORCED);
            }
            pause(POLL);
        }
    }

    /** @throws Failure when the thread is interrupted */
    public static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.INTERRUPTED, "Interrupted.");
        }
    }
}
