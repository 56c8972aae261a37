package dev.cytoplane.launcher.command;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.home.Home;
import dev.cytoplane.cli.output.Output;
import dev.cytoplane.cli.output.Style;
import dev.cytoplane.launcher.command.Finding.Verdict;
import dev.cytoplane.launcher.platform.Installation;
import dev.cytoplane.launcher.platform.Platform;
import dev.cytoplane.launcher.platform.PortName;
import dev.cytoplane.launcher.service.Toolchains;
import dev.cytoplane.launcher.supervisor.SupervisorProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tools.jackson.databind.node.ArrayNode;

/** Looks at what the platform needs from this machine. */
@Command(
        name = "doctor",
        description = {
            "Check this machine: what is missing, and what to do about it.",
            "Ends with 0 when nothing stands in the way, else with 1."
        })
public final class Doctor implements Callable<Integer> {

    private static final long DISK = 3L << 30;
    private static final long MEMORY = 2L << 30;

    private final Session session;

    public Doctor(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<Finding> findings = new ArrayList<>();
        Toolchains toolchains = new Toolchains(session.environment());
        findings.add(new Finding(
                "JDK", Verdict.GOOD, Runtime.version().feature() + " in " + System.getProperty("java.home"), ""));
        findings.add(git(toolchains));
        findings.add(node(toolchains));
        findings.add(maven(toolchains));
        findings.addAll(ports());
        findings.add(disk());
        memory().ifPresent(findings::add);
        findings.add(clock());
        namespaces().ifPresent(findings::add);
        print(findings);
        boolean bad = findings.stream().anyMatch(finding -> finding.verdict() == Verdict.BAD);
        return bad ? ExitCode.FAILED.number() : ExitCode.OK.number();
    }

    private static Finding git(Toolchains toolchains) {
        if (toolchains.program("git").isEmpty()) {
            return new Finding("Git", Verdict.BAD, "not found", "Install it: apt install git, brew install git");
        }
        return new Finding("Git", Verdict.GOOD, firstLine("git", "--version"), "");
    }

    private static Finding node(Toolchains toolchains) {
        return toolchains.node().isPresent()
                ? new Finding("Node.js", Verdict.GOOD, firstLine("node", "--version"), "")
                : new Finding(
                        "Node.js",
                        Verdict.WARNING,
                        "node or npm not found",
                        "Components of Node.js cannot be built here, the demo leaves its API out: apt install nodejs npm");
    }

    private static Finding maven(Toolchains toolchains) {
        return toolchains
                .maven()
                .map(maven -> new Finding("Maven", Verdict.GOOD, maven.toString(), ""))
                .orElseGet(() -> new Finding(
                        "Maven",
                        Verdict.WARNING,
                        "not found",
                        "Java components cannot be built here: run ./mvnw --version once, which fetches it"));
    }

    private List<Finding> ports() {
        Optional<Platform> platform = Platform.read(session.home());
        if (platform.isEmpty()) {
            return List.of(new Finding("Ports", Verdict.GOOD, "chosen at the first start", ""));
        }
        if (new SupervisorProcess(session.home()).running().isPresent()) {
            return List.of(new Finding("Ports", Verdict.GOOD, "in use by the platform, which runs", ""));
        }
        List<Finding> taken = new ArrayList<>();
        for (PortName name : PortName.values()) {
            if (!platform.get().isFree(name)) {
                taken.add(new Finding(
                        "Port " + platform.get().port(name),
                        Verdict.BAD,
                        "used by another program (" + name.purpose() + ")",
                        "End that program, or choose another: cyto up --" + name.flag() + " PORT"));
            }
        }
        return taken.isEmpty() ? List.of(new Finding("Ports", Verdict.GOOD, "free", "")) : taken;
    }

    private Finding disk() {
        Home home = session.home();
        Path existing = home.root();
        while (!Files.exists(existing)) {
            existing = existing.resolve("..").normalize();
        }
        try {
            long free = Files.getFileStore(existing).getUsableSpace();
            return free >= DISK
                    ? new Finding("Disk", Verdict.GOOD, gigabytes(free) + " free in " + existing, "")
                    : new Finding(
                            "Disk",
                            Verdict.BAD,
                            "only " + gigabytes(free) + " free in " + existing,
                            "Make room for " + gigabytes(DISK) + ", or choose another folder: --home DIR");
        } catch (IOException e) {
            return new Finding("Disk", Verdict.WARNING, "cannot be read: " + e.getMessage(), "");
        }
    }

    private Optional<Finding> memory() {
        Path info = Path.of("/proc/meminfo");
        if (!Files.isReadable(info)
                || new SupervisorProcess(session.home()).running().isPresent()) {
            return Optional.empty();
        }
        try {
            return Files.readAllLines(info).stream()
                    .filter(line -> line.startsWith("MemAvailable:"))
                    .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                    .map(available -> available >= MEMORY
                            ? new Finding("Memory", Verdict.GOOD, gigabytes(available) + " available", "")
                            : new Finding(
                                    "Memory",
                                    Verdict.WARNING,
                                    "only " + gigabytes(available) + " available",
                                    "The platform with the demo takes about " + gigabytes(MEMORY)
                                            + ": end other programs"))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Certificates and tokens are refused by a machine whose clock is before the program was built. */
    private static Finding clock() {
        try {
            Instant built = Files.getLastModifiedTime(
                            Installation.find().classPath("deploy/launcher").getFirst())
                    .toInstant();
            boolean behind = Instant.now().isBefore(built.minus(Duration.ofMinutes(5)));
            return behind
                    ? new Finding(
                            "Clock",
                            Verdict.BAD,
                            "it is " + Instant.now() + ", before this program was built",
                            "Set the clock: certificates and tokens depend on it")
                    : new Finding("Clock", Verdict.GOOD, Instant.now().toString(), "");
        } catch (IOException e) {
            return new Finding("Clock", Verdict.WARNING, "cannot be judged: " + e.getMessage(), "");
        }
    }

    /** As root, PostgreSQL runs in a user namespace. */
    private static Optional<Finding> namespaces() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return Optional.empty();
        }
        return Optional.of(
                firstLine("unshare", "--user", "echo", "possible").equals("possible")
                        ? new Finding("PostgreSQL", Verdict.GOOD, "can run although you are root", "")
                        : new Finding(
                                "PostgreSQL",
                                Verdict.BAD,
                                "refuses to run as root, and user namespaces are not allowed",
                                "Run cyto as another user, or allow unshare in this container"));
    }

    private static String firstLine(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? output.lines().findFirst().orElse("") : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static String gigabytes(long bytes) {
        return "%.1f GB".formatted(bytes / (double) (1L << 30));
    }

    private void print(List<Finding> findings) {
        Output output = session.output();
        if (session.json()) {
            ArrayNode items = Json.array();
            findings.forEach(finding -> items.add(Json.object()
                    .put("name", finding.name())
                    .put("verdict", finding.verdict().name())
                    .put("found", finding.found())
                    .put("advice", finding.advice())));
            output.result(Json.pretty(Json.object().set("items", items)));
            return;
        }
        for (Finding finding : findings) {
            String mark = switch (finding.verdict()) {
                case GOOD -> output.style(Style.GOOD, "✓");
                case WARNING -> output.style(Style.WARNING, "!");
                case BAD -> output.style(Style.BAD, "✗");
            };
            output.result("%s %-12s %s".formatted(mark, finding.name(), finding.found()));
            if (!finding.advice().isEmpty()) {
                output.result("  %-12s %s".formatted("", finding.advice()));
            }
        }
    }
}
