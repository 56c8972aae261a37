package dev.cytoplane.launcher.training;

import dev.cytoplane.cli.home.Home;
import dev.cytoplane.launcher.platform.Credentials;
import dev.cytoplane.launcher.platform.Installation;
import dev.cytoplane.launcher.platform.Platform;
import dev.cytoplane.launcher.postgres.PostgresService;
import dev.cytoplane.launcher.service.AotCache;
import dev.cytoplane.launcher.service.ControlPlaneService;
import dev.cytoplane.launcher.service.DataPlaneService;
import dev.cytoplane.launcher.service.Service;
import dev.cytoplane.launcher.service.Toolchains;
import dev.cytoplane.launcher.supervisor.PlatformServices;
import dev.cytoplane.process.ProcessSpec;
import dev.cytoplane.process.Processes;
import dev.cytoplane.process.RunningProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Training runs: each service is started once as the platform would start it, in a state folder of its own beside a
 * database of its own, ends as soon as its beans are made, and leaves an AOT cache. Nothing listens for anybody.
 */
final class Training {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Home home;
    private final Installation installation;
    private final Map<String, Service> services;

    Training(Home home, Installation installation, Map<String, String> environment) throws IOException {
        this.home = home;
        this.installation = installation;
        SecureRandom random = new SecureRandom();
        this.services = PlatformServices.of(
                        home,
                        Platform.choose(home, Map.of(), Optional.empty(), random),
                        new Credentials(home, random),
                        installation,
                        new Toolchains(environment))
                .stream()
                .collect(Collectors.toMap(Service::name, Function.identity()));
    }

    /** The control plane takes as long as the others together: they are trained beside it. */
    void run(Consumer<String> trained) throws Exception {
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            Future<?> controlPlane = both.submit(() -> {
                unlessTrained(
                        ControlPlaneService.NAME,
                        trained,
                        () -> withDatabase(
                                () -> train(ControlPlaneService.NAME, specification(ControlPlaneService.NAME))));
                return null;
            });
            Future<?> others = both.submit(() -> {
                unlessTrained(
                        DataPlaneService.NAME,
                        trained,
                        () -> train(DataPlaneService.NAME, specification(DataPlaneService.NAME)));
                unlessTrained(DataPlaneService.GATEWAY, trained, () -> train(DataPlaneService.GATEWAY, gateway()));
                return null;
            });
            controlPlane.get();
            others.get();
        }
    }

    /**
     * The same for the control plane's image, whose jars have other places and other dates.
     *
     * @param work an empty folder
     * @param to for what the image gets
     */
    void image(Path work, Path to) throws Exception {
        ImageStart start = ImageStart.of(installation, ControlPlaneService.NAME, work);
        withDatabase(() -> {
            ProcessSpec specification = specification(ControlPlaneService.NAME);
            train(specification, start.command(specification.command()), ImageStart.cache(to));
        });
        start.writeOptions(to);
    }

    private interface Work {
        void run() throws Exception;
    }

    private void unlessTrained(String module, Consumer<String> trained, Work work) throws Exception {
        if (!AotCache.of(installation, module).exists()) {
            work.run();
            trained.accept(module);
        }
        AotCache.of(installation, module).deleteOthers();
    }

    private ProcessSpec gateway() {
        List<String> command = new ArrayList<>(((DataPlaneService) service(DataPlaneService.NAME)).gatewayCommand());
        command.add("--cytoplane.gateway.directory=" + home.folder("gateway"));
        command.add("--cytoplane.gateway.state=" + home.folder("gateway-last-good"));
        ProcessSpec agent = specification(DataPlaneService.NAME);
        return new ProcessSpec(
                DataPlaneService.GATEWAY, command, agent.directory(), agent.environment(), agent.logFile());
    }

    private void withDatabase(Work work) throws Exception {
        Service postgres = service(PostgresService.NAME);
        postgres.prepare();
        try (Processes processes = new Processes(home.folder("run/processes"))) {
            RunningProcess server = processes.start(postgres.specification());
            try {
                Instant deadline = Instant.now().plus(postgres.patience());
                while (!postgres.answers()) {
                    if (!server.isAlive() || Instant.now().isAfter(deadline)) {
                        throw new IOException("PostgreSQL did not start for the training");
                    }
                    TimeUnit.MILLISECONDS.sleep(100);
                }
                postgres.settle();
                work.run();
            } finally {
                postgres.stop(server);
            }
        }
    }

    private ProcessSpec specification(String name) {
        // What prepare() would fetch is left out: a service that is only trained has nobody to join.
        home.folder(name);
        return service(name).specification();
    }

    private Service service(String name) {
        return Objects.requireNonNull(services.get(name));
    }

    private void train(String module, ProcessSpec specification) throws IOException, InterruptedException {
        AotCache cache = AotCache.of(installation, module);
        Path fresh = cache.file().resolveSibling(cache.file().getFileName() + ".new");
        List<String> command = new ArrayList<>(specification.command());
        command.removeAll(cache.flags());
        try {
            train(specification, command, fresh);
            if (!AotCache.of(installation, module).equals(cache)) {
                throw new IOException("The program " + module + " was built again while it was trained");
            }
            Files.move(fresh, cache.file(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private void train(ProcessSpec specification, List<String> start, Path cache)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(start);
        // Spring Boot's own switch for a training run: everything is made, nothing is started.
        command.addAll(1, List.of("-XX:AOTCacheOutput=" + cache, "-Xlog:disable", "-Dspring.context.exit=onRefresh"));
        Path log = home.folder("logs").resolve("training-" + specification.id() + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(specification.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(specification.environment());
        Process process = builder.start();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    || process.exitValue() != 0
                    || !Files.exists(cache)) {
                throw new IOException(
                        "The training run of " + specification.id() + " failed:\n" + Files.readString(log));
            }
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(cache.resolveSibling(cache.getFileName() + ".config"));
        }
    }
}
